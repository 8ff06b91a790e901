;; What all programs share.
;;
;; A program exports `main`, which makes the goroutine `main` and returns its handle, and `answer`,
;; which returns the program's result. Both have two parameters or none, and no goroutine.
;;
;; A processor's block of 64 bytes begins at 1024 + 64 times the processor's number:
;;   0  the poll word: 0 if the goroutine has to ask the runtime at its next poll
;;   4  how many polls are left until the goroutine has to ask the runtime
;;   8  the frame that the processor has entered, which is the outermost on the native stack
;;   12 the goroutine
;;
;; A goroutine's handle is the address of its record:
;;   -4 the line at which the goroutine waits: its index in the list of lines plus 1, or 0
;;   0  the frame of the innermost function that has paused
;;   4  the channel that the goroutine waits on, plus 1, or 0
;; A frame is the state of a paused function:
;;   0  the function, as an index of the table
;;   4  the caller's frame, or 0
;;   8  where the function goes on
;;   12 what the function keeps
;; A function gets its frame and the goroutine's handle. It returns 0 when it has ended. When it has paused, it returns the
;; reason plus 1. A function that called others on the native stack has then made the innermost frame the goroutine's. A
;; goroutine's frames lie one after another, the innermost last.

(type $function (func (param i32 i32) (result i32)))
(import "env" "memory" (memory 256 256 shared))
(import "manyhands" "next" (func $next (param i32 i32 i32) (result i32)))
(import "manyhands" "poll" (func $ask_runtime (param i32) (result i32)))
(import "manyhands" "start" (func $start_at (param i32 i32) (result i32)))
(import "manyhands" "current" (func $current (result i32)))
(import "manyhands" "task" (func $task (result i32)))
(import "manyhands" "wake" (func $wake_at (param i32 i32)))
(import "manyhands" "hand_over" (func $hand_over (param i32 i32)))
(import "manyhands" "deadline" (func $deadline (param i32 i64)))
(import "manyhands" "now" (func $now (result i64)))
(import "manyhands" "print" (func $print_bytes (param i32 i64 i32)))
(import "manyhands" "exit" (func $exit (param i32 i32)))
(import "manyhands" "request" (func $request (param i32) (result i32)))
(import "manyhands" "answer" (func $response (param i32) (result i64)))
(import "manyhands" "channel" (func $new_channel (result i32)))
(import "manyhands" "operation" (func $operation (param i32 i32 i32 i32 i32 i32)))
(table $functions 8 funcref)

;; The codes of the reasons to wait plus 1, and the code of the end.
(global $YIELDED i32 (i32.const 1))
(global $SEND i32 (i32.const 2))
(global $RECEIVE i32 (i32.const 3))
(global $WAIT_GROUP i32 (i32.const 4))
(global $SLEEP i32 (i32.const 5))
(global $IO i32 (i32.const 6))
(global $MUTEX i32 (i32.const 10))
(global $COLLECTOR i32 (i32.const 14))
(global $ENDED i32 (i32.const 7))

;; What a function returns if the native stack is too deep. The goroutine goes on at once, on a native
;; stack that is empty.
(global $TOO_DEEP i32 (i32.const 255))

;; Takes bytes that nobody gives back. Traps if the memory is full. The word at 8 holds the number of
;; bytes that have been taken. The word at 16 is the answer.
(func $take (param $bytes i32) (result i32)
  (local $taken i32)
  (local.set $taken (i32.atomic.rmw.add (i32.const 8) (local.get $bytes)))
  (if (i64.gt_u
      (i64.add (i64.extend_i32_u (local.get $taken)) (i64.extend_i32_u (local.get $bytes)))
      (i64.sub (i64.shl (i64.extend_i32_u (memory.size)) (i64.const 16)) (i64.const 8192)))
    (then (unreachable)))
  (i32.add (i32.const 8192) (local.get $taken)))

(func (export "answer") (result i64)
  (i64.atomic.load (i32.const 16)))

;; Locks the word at this address. A lock is held for a few instructions only.
(func $lock (param $address i32)
  (block $locked
    (loop $again
      (br_if $locked (i32.eqz (i32.atomic.rmw.cmpxchg (local.get $address) (i32.const 0) (i32.const 1))))
      (drop (memory.atomic.wait32 (local.get $address) (i32.const 1) (i64.const 1000000)))
      (br $again))))

;; Gives the lock at this address back.
(func $unlock (param $address i32)
  (i32.atomic.store (local.get $address) (i32.const 0))
  (drop (memory.atomic.notify (local.get $address) (i32.const 1))))

;; Makes a goroutine that begins with this function. The caller fills in what the function keeps.
(func $goroutine (param $function i32) (result i32)
  (call $goroutine_with_frames (local.get $function) (i32.const 56)))

;; Makes a goroutine that has room for frames of this number of bytes, a multiple of 8.
(func $goroutine_with_frames (param $function i32) (param $bytes i32) (result i32)
  (local $g i32)
  (local.set $g (i32.add (call $take (i32.add (local.get $bytes) (i32.const 16))) (i32.const 8)))
  (i32.store (i32.sub (local.get $g) (i32.const 4)) (i32.const 0))
  (i32.store (local.get $g) (i32.add (local.get $g) (i32.const 8)))
  (i32.store offset=4 (local.get $g) (i32.const 0))
  (i32.store offset=8 (local.get $g) (local.get $function))
  (i32.store offset=12 (local.get $g) (i32.const 0))
  (i32.store offset=16 (local.get $g) (i32.const 0))
  (local.get $g))

;; Starts a goroutine, and returns its number plus 1. Wakes a goroutine. The line is not known.
(func $start (param $g i32) (result i32)
  (call $start_at (local.get $g) (i32.const 0)))
(func $wake (param $number i32)
  (call $wake_at (local.get $number) (i32.const 0)))

;; Notes the line at which the goroutine will wait.
(func $waits_at (param $g i32) (param $line i32)
  (i32.store (i32.sub (local.get $g) (i32.const 4)) (local.get $line)))

;; Writes the text at an address to a stream.
(func $print (param $stream i32) (param $text i32) (param $length i32)
  (loop $more
    (if (i32.ge_u (local.get $length) (i32.const 8))
      (then
        (call $print_bytes (local.get $stream) (i64.load (local.get $text)) (i32.const 8))
        (local.set $text (i32.add (local.get $text) (i32.const 8)))
        (local.set $length (i32.sub (local.get $length) (i32.const 8)))
        (br $more))))
  (call $print_bytes (local.get $stream) (i64.load (local.get $text)) (local.get $length)))

;; Executes a turn of a goroutine. Returns why the turn has ended.
(func $turn (param $g i32) (result i32)
  (local $frame i32) (local $paused i32)
  (loop $return
    (local.set $frame (i32.load (local.get $g)))
    (i32.store offset=8 (global.get $processor) (local.get $frame))
    (i32.store offset=12 (global.get $processor) (local.get $g))
    (local.set $paused
      (call_indirect $functions (type $function)
        (local.get $frame)
        (local.get $g)
        (i32.load (local.get $frame))))
    (br_if $return (i32.eq (local.get $paused) (global.get $TOO_DEEP)))
    (if (local.get $paused) (then (return (i32.sub (local.get $paused) (i32.const 1)))))
    (local.set $frame (i32.load offset=4 (local.get $frame)))
    (i32.store (local.get $g) (local.get $frame))
    (if (i32.eqz (local.get $frame)) (then (return (global.get $ENDED))))
    ;; The caller's depth begins at 0 again. So without this poll, many callers that all make few calls
    ;; would compute for long without a poll.
    (local.set $paused (call $poll))
    (br_if $return (i32.eqz (local.get $paused))))
  (i32.sub (local.get $paused) (i32.const 1)))

;; The address of this processor's block.
(global $processor (mut i32) (i32.const 0))

;; The number of polls in a time slice.
(global $POLLS i32 (i32.const 1000))

;; What the poll word holds if the goroutine need not ask: the largest size of the frames that belong to
;; functions on the native stack. With the smallest frames, these are 2048 functions.
(global $GO_ON i32 (i32.const 32768))

;; Returns 0, or the reason plus 1 if the goroutine has to pause. A goroutine that computes calls this
;; again and again.
(func $poll (result i32)
  (local $left i32)
  (local.set $left (i32.sub (i32.load offset=4 (global.get $processor)) (i32.const 1)))
  (i32.store offset=4 (global.get $processor) (local.get $left))
  (if (i32.eqz (local.get $left)) (then (return (call $ask (i32.const 1)))))
  (if (i32.eqz (i32.atomic.load (global.get $processor))) (then (return (call $ask (i32.const 0)))))
  (i32.const 0))

;; Asks the runtime whether the goroutine has to pause, and returns what $poll returns. The poll word is
;; set before the question, so that an interruption after the question is not lost.
(func $ask (param $counted i32) (result i32)
  (local $answer i32)
  (if (local.get $counted) (then (i32.store offset=4 (global.get $processor) (global.get $POLLS))))
  (i32.atomic.store (global.get $processor) (global.get $GO_ON))
  (local.set $answer (call $ask_runtime (local.get $counted)))
  (if (i32.and (local.get $answer) (i32.const 2))
    (then (i32.atomic.store (global.get $processor) (i32.const 0))))
  (if (i32.and (local.get $answer) (i32.const 4)) (then (return (global.get $COLLECTOR))))
  (i32.and (local.get $answer) (global.get $YIELDED)))

;; Ends a poll at the entry of a function that cannot simply go on. `polls` is how many polls are left
;; after this one, and `depth` the size of the callers' frames on the native stack. Returns why the
;; function has to pause, as a status, or 0 if it goes on.
(func $enters (param $polls i32) (param $depth i32) (result i32)
  (local $paused i32)
  (if (i32.or (i32.eqz (local.get $polls)) (i32.eqz (i32.atomic.load (global.get $processor))))
    (then
      (local.set $paused (call $ask (i32.eqz (local.get $polls))))
      (if (local.get $paused) (then (return (local.get $paused))))))
  (if (i32.gt_u (local.get $depth) (global.get $GO_ON)) (then (return (global.get $TOO_DEEP))))
  (i32.const 0))

;; Makes the goroutines on all processors ask the runtime at their next poll.
(func $interrupt (export "interrupt") (param $processors i32)
  (local $block i32)
  (local.set $block (i32.const 1024))
  (loop $more
    (if (i32.eqz (local.get $processors)) (then (return)))
    (i32.atomic.store (local.get $block) (i32.const 0))
    (local.set $block (i32.add (local.get $block) (i32.const 64)))
    (local.set $processors (i32.sub (local.get $processors) (i32.const 1)))
    (br $more)))

;; Executes turns until the runtime has no goroutine for this processor.
(func (export "turns") (param $g i32) (param $number i32)
  (global.set $processor (i32.add (i32.const 1024) (i32.shl (local.get $number) (i32.const 6))))
  (loop $on
    (i32.store offset=4 (global.get $processor) (global.get $POLLS))
    (local.set $g
      (call $next
        (call $turn (local.get $g))
        (i32.load offset=4 (local.get $g))
        (i32.load (i32.sub (local.get $g) (i32.const 4)))))
    (br_if $on (local.get $g))))
