;; main(goroutines, rounds): each goroutine yields in each round. The answer is the number of rounds
;; of all goroutines. The word at 24 is the number of goroutines that have ended.

(elem (table $functions) (i32.const 0) func $main $yielder)

(func (export "main") (param $goroutines i32) (param $rounds i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $goroutines))
  (i32.store offset=24 (local.get $g) (local.get $rounds))
  (i32.store offset=28 (local.get $g) (i32.const 0))
  (local.get $g))

;; Keeps: 12 the goroutines, 16 the rounds, 20 how many goroutines have been started.
(func $main (param $frame i32) (result i32)
  (local $g i32)
  (loop $more
    (if (i32.lt_u (i32.load offset=20 (local.get $frame)) (i32.load offset=12 (local.get $frame)))
      (then
        (local.set $g (call $goroutine (i32.const 1)))
        (i32.store offset=20 (local.get $g) (i32.load offset=16 (local.get $frame)))
        (drop (call $start (local.get $g)))
        (i32.store offset=20 (local.get $frame) (i32.add (i32.load offset=20 (local.get $frame)) (i32.const 1)))
        (br $more))))
  (if (i32.lt_u (i32.atomic.load (i32.const 24)) (i32.load offset=12 (local.get $frame)))
    (then
      (call $wait (global.get $YIELDED) (i32.const 0))
      (return (i32.const 1))))
  (i32.const 0))

;; Keeps: 12 the rounds that are left.
(func $yielder (param $frame i32) (result i32)
  (local $left i32)
  (local.set $left (i32.load offset=12 (local.get $frame)))
  (if (local.get $left)
    (then
      (drop (i64.atomic.rmw.add (i32.const 16) (i64.const 1)))
      (i32.store offset=12 (local.get $frame) (i32.sub (local.get $left) (i32.const 1)))
      (call $wait (global.get $YIELDED) (i32.const 0))
      (return (i32.const 1))))
  (drop (i32.atomic.rmw.add (i32.const 24) (i32.const 1)))
  (i32.const 0))
