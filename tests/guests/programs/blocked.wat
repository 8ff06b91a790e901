;; main(goroutines, 0): starts goroutines that wait, lets them all wait, and wakes them. The answer is
;; the number of goroutines that have gone on. The word at 24 is the number of goroutines that wait
;; or have waited. The words from 8 MiB are the goroutines' numbers.

(elem (table $functions) (i32.const 0) func $main $waits)

(func (export "main") (param $goroutines i32) (param i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $goroutines))
  (local.get $g))

;; Keeps: 12 the goroutines. Goes on: 0 at the beginning, 1 with all goroutines started, 2 with all
;; goroutines woken.
(func $main (param $frame i32) (param i32) (result i32)
  (local $g i32) (local $n i32) (local $all i32)
  (local.set $all (i32.load offset=12 (local.get $frame)))
  (block $woken (block $started (block $begin
    (br_table $begin $started $woken (i32.load offset=8 (local.get $frame))))
    (loop $more
      (local.set $g (call $goroutine (i32.const 1)))
      (i32.store offset=20 (local.get $g) (call $current))
      (i32.store offset=24 (local.get $g) (local.get $all))
      (i32.store offset=0x800000 (i32.shl (local.get $n) (i32.const 2)) (call $start (local.get $g)))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $n) (local.get $all))))
    (i32.store offset=8 (local.get $frame) (i32.const 1)))
    (if (i32.lt_u (i32.atomic.load (i32.const 24)) (local.get $all))
      (then (return (global.get $YIELDED))))
    (local.set $n (i32.const 0))
    (loop $more
      (call $wake (i32.load offset=0x800000 (i32.shl (local.get $n) (i32.const 2))))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $n) (local.get $all))))
    (i32.store offset=8 (local.get $frame) (i32.const 2))
    (return (global.get $WAIT_GROUP)))
  (i32.const 0))

;; Keeps: 12 the number of main, 16 the goroutines. Goes on: 0 at the beginning, 1 when woken.
(func $waits (param $frame i32) (param i32) (result i32)
  (if (i32.eqz (i32.load offset=8 (local.get $frame)))
    (then
      (i32.store offset=8 (local.get $frame) (i32.const 1))
      (drop (i32.atomic.rmw.add (i32.const 24) (i32.const 1)))
      (return (global.get $RECEIVE))))
  (if (i64.eq
      (i64.add (i64.atomic.rmw.add (i32.const 16) (i64.const 1)) (i64.const 1))
      (i64.extend_i32_u (i32.load offset=16 (local.get $frame))))
    (then (call $wake (i32.load offset=12 (local.get $frame)))))
  (i32.const 0))
