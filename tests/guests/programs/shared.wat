;; What all programs share.
;;
;; A program exports `main`, which makes the goroutine `main` and returns its handle, and `answer`,
;; which returns the program's result. Both have two parameters or none, and no goroutine.
;;
;; A goroutine's handle is the address of its record:
;;   0  the frame of the innermost function that has paused
;;   4  the channel that the goroutine waits on, plus 1, or 0
;; A frame is the state of a paused function:
;;   0  the function, as an index of the table
;;   4  the caller's frame, or 0
;;   8  where the function goes on
;;   12 what the function keeps
;; A function gets its frame and the goroutine's handle. It returns 0 when it has ended. When it has paused, it returns the
;; reason plus 1.

(type $function (func (param i32 i32) (result i32)))
(import "env" "memory" (memory 256 256 shared))
(import "manyhands" "next" (func $next (param i32 i32) (result i32)))
(import "manyhands" "start" (func $start (param i32) (result i32)))
(import "manyhands" "current" (func $current (result i32)))
(import "manyhands" "channel" (func $new_channel (result i32)))
(import "manyhands" "wake" (func $wake (param i32)))
(table $functions 8 funcref)

;; The codes of the reasons to wait plus 1, and the code of the end.
(global $YIELDED i32 (i32.const 1))
(global $SEND i32 (i32.const 2))
(global $RECEIVE i32 (i32.const 3))
(global $WAIT_GROUP i32 (i32.const 4))
(global $ENDED i32 (i32.const 7))

;; The word at 8 holds the number of bytes that have been taken. The word at 16 is the answer.
(func $take (param $bytes i32) (result i32)
  (i32.add (i32.const 1024) (i32.atomic.rmw.add (i32.const 8) (local.get $bytes))))

(func (export "answer") (result i64)
  (i64.atomic.load (i32.const 16)))

;; Makes a goroutine that begins with this function. The caller fills in what the function keeps.
(func $goroutine (param $function i32) (result i32)
  (local $g i32)
  (local.set $g (call $take (i32.const 64)))
  (i32.store (local.get $g) (i32.add (local.get $g) (i32.const 8)))
  (i32.store offset=4 (local.get $g) (i32.const 0))
  (i32.store offset=8 (local.get $g) (local.get $function))
  (i32.store offset=12 (local.get $g) (i32.const 0))
  (i32.store offset=16 (local.get $g) (i32.const 0))
  (local.get $g))

;; Executes a turn of a goroutine. Returns why the turn has ended.
(func $turn (param $g i32) (result i32)
  (local $frame i32) (local $paused i32)
  (loop $return
    (local.set $frame (i32.load (local.get $g)))
    (local.set $paused
      (call_indirect $functions (type $function)
        (local.get $frame)
        (local.get $g)
        (i32.load (local.get $frame))))
    (if (local.get $paused) (then (return (i32.sub (local.get $paused) (i32.const 1)))))
    (local.set $frame (i32.load offset=4 (local.get $frame)))
    (i32.store (local.get $g) (local.get $frame))
    (br_if $return (local.get $frame)))
  (global.get $ENDED))

;; Executes turns until the runtime has no goroutine for this processor.
(func (export "turns") (param $g i32)
  (loop $on
    (local.set $g (call $next (call $turn (local.get $g)) (i32.load offset=4 (local.get $g))))
    (br_if $on (local.get $g))))
