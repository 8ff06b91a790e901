;; main(rounds, 0): main sends a number over one channel and receives it, plus 1, over the other.
;; The answer is the last number: twice the rounds. Lines: 1 main starts the other goroutine, 2 main
;; sends, 3 main receives, 4 the other goroutine receives, 5 it sends.

(elem (table $functions) (i32.const 0) func $main $pong)

;; A channel without room. At most one goroutine waits on it.
;;   0  a lock
;;   4  the goroutine that waits to send, or 0
;;   8  the goroutine that waits to receive, or 0
;;   12 where the receiver wants the value
;;   16 the value that the sender wants to send
;;   20 the channel
;;   24 the task of the goroutine that waits
;;   28 the line at which it waits
;;   32 the number of operations
(func $channel (result i32)
  (local $channel i32)
  (local.set $channel (call $take (i32.const 40)))
  (i32.store offset=20 (local.get $channel) (call $new_channel))
  (local.get $channel))

;; Notes that the goroutine `g` waits on the channel.
(func $waits_on (param $g i32) (param $channel i32) (param $line i32)
  (i32.store offset=24 (local.get $channel) (call $task))
  (i32.store offset=28 (local.get $channel) (local.get $line))
  (i32.store offset=4 (local.get $g) (i32.load offset=20 (local.get $channel)))
  (call $waits_at (local.get $g) (local.get $line)))

;; Ends the wait of the goroutine that waits on the channel. Unlocks the channel, and records that a
;; value was sent by a task at a line, and received by another one.
(func $met (param $channel i32) (param $waits i32)
  (param $sender i32) (param $sent_at i32) (param $receiver i32) (param $received_at i32) (param $line i32)
  (local $number i32) (local $id i32)
  (local.set $id (i32.load offset=20 (local.get $channel)))
  (local.set $number (i32.load offset=32 (local.get $channel)))
  (i32.store offset=32 (local.get $channel) (i32.add (local.get $number) (i32.const 2)))
  (call $unlock (local.get $channel))
  (call $operation
    (i32.const 0) (local.get $id) (local.get $number) (i32.const 0) (local.get $sender) (local.get $sent_at))
  (call $operation
    (i32.const 1) (local.get $id) (i32.add (local.get $number) (i32.const 1)) (i32.const 0)
    (local.get $receiver) (local.get $received_at))
  (call $wake_at (local.get $waits) (local.get $line)))

;; Returns 0, or the reason plus 1 if the goroutine `g` has to pause. When it goes on, the value has
;; been sent.
(func $send (param $g i32) (param $channel i32) (param $value i32) (param $line i32) (result i32)
  (local $receiver i32)
  (call $lock (local.get $channel))
  (local.set $receiver (i32.load offset=8 (local.get $channel)))
  (if (local.get $receiver)
    (then
      (i32.store (i32.load offset=12 (local.get $channel)) (local.get $value))
      (i32.store offset=8 (local.get $channel) (i32.const 0))
      (call $met
        (local.get $channel) (local.get $receiver)
        (call $task) (local.get $line)
        (i32.load offset=24 (local.get $channel)) (i32.load offset=28 (local.get $channel))
        (local.get $line))
      (return (i32.const 0))))
  (i32.store offset=16 (local.get $channel) (local.get $value))
  (i32.store offset=4 (local.get $channel) (call $current))
  (call $waits_on (local.get $g) (local.get $channel) (local.get $line))
  (call $unlock (local.get $channel))
  (global.get $SEND))

;; Returns 0, or the reason plus 1 if the goroutine `g` has to pause. When it goes on, the value is at
;; the address `into`.
(func $receive (param $g i32) (param $channel i32) (param $into i32) (param $line i32) (result i32)
  (local $sender i32)
  (call $lock (local.get $channel))
  (local.set $sender (i32.load offset=4 (local.get $channel)))
  (if (local.get $sender)
    (then
      (i32.store (local.get $into) (i32.load offset=16 (local.get $channel)))
      (i32.store offset=4 (local.get $channel) (i32.const 0))
      (call $met
        (local.get $channel) (local.get $sender)
        (i32.load offset=24 (local.get $channel)) (i32.load offset=28 (local.get $channel))
        (call $task) (local.get $line)
        (local.get $line))
      (return (i32.const 0))))
  (i32.store offset=12 (local.get $channel) (local.get $into))
  (i32.store offset=8 (local.get $channel) (call $current))
  (call $waits_on (local.get $g) (local.get $channel) (local.get $line))
  (call $unlock (local.get $channel))
  (global.get $RECEIVE))

(func (export "main") (param $rounds i32) (param i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $rounds))
  (i32.store offset=32 (local.get $g) (i32.const 0))
  (local.get $g))

;; Keeps: 12 the rounds that are left, 16 the channel to pong, 20 the channel from pong, 24 the
;; number. Goes on: 0 at the beginning, 1 at a new round, 2 with sending done, 3 with the number
;; received.
(func $main (param $frame i32) (param $me i32) (result i32)
  (local $g i32) (local $paused i32)
  (block $received (block $sent (block $round (block $begin
    (br_table $begin $round $sent $received (i32.load offset=8 (local.get $frame))))
    (i32.store offset=16 (local.get $frame) (call $channel))
    (i32.store offset=20 (local.get $frame) (call $channel))
    (local.set $g (call $goroutine (i32.const 1)))
    (i32.store offset=20 (local.get $g) (i32.load offset=16 (local.get $frame)))
    (i32.store offset=24 (local.get $g) (i32.load offset=20 (local.get $frame)))
    (drop (call $start_at (local.get $g) (i32.const 1))))
    (if (i32.eqz (i32.load offset=12 (local.get $frame)))
      (then
        (i64.atomic.store (i32.const 16) (i64.extend_i32_u (i32.load offset=24 (local.get $frame))))
        (return (i32.const 0))))
    (i32.store offset=8 (local.get $frame) (i32.const 2))
    (local.set $paused
      (call $send
        (local.get $me)
        (i32.load offset=16 (local.get $frame))
        (i32.add (i32.load offset=24 (local.get $frame)) (i32.const 1))
        (i32.const 2)))
    (if (local.get $paused) (then (return (local.get $paused)))))
    (i32.store offset=8 (local.get $frame) (i32.const 3))
    (local.set $paused
      (call $receive
        (local.get $me)
        (i32.load offset=20 (local.get $frame))
        (i32.add (local.get $frame) (i32.const 24))
        (i32.const 3)))
    (if (local.get $paused) (then (return (local.get $paused)))))
  (i32.store offset=12 (local.get $frame) (i32.sub (i32.load offset=12 (local.get $frame)) (i32.const 1)))
  (i32.store offset=8 (local.get $frame) (i32.const 1))
  (return_call $main (local.get $frame) (local.get $me)))

;; Keeps: 12 the channel from main, 16 the channel to main, 20 the number. Goes on: 0 at a new round,
;; 1 with the number received.
(func $pong (param $frame i32) (param $me i32) (result i32)
  (local $paused i32)
  (loop $again
    (block $received (block $round
      (br_table $round $received (i32.load offset=8 (local.get $frame))))
      (i32.store offset=8 (local.get $frame) (i32.const 1))
      (local.set $paused
        (call $receive
          (local.get $me)
          (i32.load offset=12 (local.get $frame))
          (i32.add (local.get $frame) (i32.const 20))
          (i32.const 4)))
      (if (local.get $paused) (then (return (local.get $paused)))))
    (i32.store offset=8 (local.get $frame) (i32.const 0))
    (local.set $paused
      (call $send
        (local.get $me)
        (i32.load offset=16 (local.get $frame))
        (i32.add (i32.load offset=20 (local.get $frame)) (i32.const 1))
        (i32.const 5)))
    (if (local.get $paused) (then (return (local.get $paused))))
    (br $again))
  (unreachable))
