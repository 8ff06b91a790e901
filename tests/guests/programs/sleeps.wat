;; main(times, milliseconds): main sleeps several times. The answer is the number of sleeps that did
;; not end too early.

(elem (table $functions) (i32.const 0) func $main)

(func (export "main") (param $times i32) (param $milliseconds i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $times))
  (i32.store offset=24 (local.get $g) (local.get $milliseconds))
  (i64.store offset=32 (local.get $g) (i64.const 0))
  (local.get $g))

;; Keeps: 12 how often main has still to sleep, 16 the milliseconds, 24 the deadline. Goes on: 0 at
;; the beginning, 1 after a sleep.
(func $main (param $frame i32) (param i32) (result i32)
  (local $left i32)
  (if (i32.load offset=8 (local.get $frame))
    (then
      (if (i64.ge_u (call $now) (i64.load offset=24 (local.get $frame)))
        (then (drop (i64.atomic.rmw.add (i32.const 16) (i64.const 1)))))))
  (local.set $left (i32.load offset=12 (local.get $frame)))
  (if (i32.eqz (local.get $left)) (then (return (i32.const 0))))
  (i32.store offset=12 (local.get $frame) (i32.sub (local.get $left) (i32.const 1)))
  (i32.store offset=8 (local.get $frame) (i32.const 1))
  (i64.store offset=24 (local.get $frame)
    (i64.add
      (call $now)
      (i64.mul (i64.extend_i32_u (i32.load offset=16 (local.get $frame))) (i64.const 1000000))))
  (call $deadline (call $current) (i64.load offset=24 (local.get $frame)))
  (global.get $SLEEP))
