;; main(goroutines, rounds): starts goroutines. In each round a goroutine counts to 1000, and then
;; polls. In every 16th round it asks for a collection instead. The collector traps if it meets a
;; goroutine in the middle of a round. The answer is the number of rounds of all goroutines. The word
;; at 24 is the number of goroutines that have not ended. The word at 28 is the number of goroutines
;; in the middle of a round.

(elem (table $functions) (i32.const 0) func $main $computes)

(func (export "main") (param $goroutines i32) (param $rounds i32) (result i32)
  (local $g i32)
  (i32.store (i32.const 24) (local.get $goroutines))
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $goroutines))
  (i32.store offset=24 (local.get $g) (local.get $rounds))
  (local.get $g))

(func (export "collect") (param $processor i32) (param $processors i32)
  (local $n i32)
  (loop $again
    (if (i32.atomic.load (i32.const 28)) (then (unreachable)))
    (local.set $n (i32.add (local.get $n) (i32.const 1)))
    (br_if $again (i32.lt_u (local.get $n) (i32.const 1000)))))

;; Keeps: 12 how many goroutines are still to be started, 16 the rounds. Goes on: 0 at the beginning,
;; 1 when all goroutines have ended.
(func $main (param $frame i32) (param i32) (result i32)
  (local $g i32) (local $left i32)
  (if (i32.load offset=8 (local.get $frame)) (then (return (i32.const 0))))
  (local.set $left (i32.load offset=12 (local.get $frame)))
  (block $started
    (loop $more
      (br_if $started (i32.eqz (local.get $left)))
      (local.set $g (call $goroutine (i32.const 1)))
      (i32.store offset=20 (local.get $g) (i32.load offset=16 (local.get $frame)))
      (i32.store offset=24 (local.get $g) (call $current))
      (drop (call $start (local.get $g)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br $more)))
  (i32.store offset=8 (local.get $frame) (i32.const 1))
  (global.get $WAIT_GROUP))

;; Keeps: 12 the rounds that are left, 16 the number of main.
(func $computes (param $frame i32) (param i32) (result i32)
  (local $left i32) (local $count i32) (local $paused i32)
  (local.set $left (i32.load offset=12 (local.get $frame)))
  (block $pause
    (block $end
      (loop $more
        (br_if $end (i32.eqz (local.get $left)))
        (drop (i32.atomic.rmw.add (i32.const 28) (i32.const 1)))
        (local.set $count (i32.const 1000))
        (loop $count
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br_if $count (local.get $count)))
        (drop (i32.atomic.rmw.sub (i32.const 28) (i32.const 1)))
        (drop (i64.atomic.rmw.add (i32.const 16) (i64.const 1)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (if (i32.eqz (i32.and (local.get $left) (i32.const 15)))
          (then
            (call $interrupt (i32.const 64))
            (local.set $paused (global.get $COLLECTOR))
            (br $pause)))
        (br_if $pause (local.tee $paused (call $poll)))
        (br $more)))
    (if (i32.eq (i32.atomic.rmw.sub (i32.const 24) (i32.const 1)) (i32.const 1))
      (then (call $wake (i32.load offset=16 (local.get $frame)))))
    (return (i32.const 0)))
  (i32.store offset=12 (local.get $frame) (local.get $left))
  (local.get $paused))
