;; main(goroutines, polls): starts goroutines, which count to 1000 between two polls, and waits until
;; they have ended. The answer is the sum of what they have counted. The word at 24 is the number of
;; goroutines that have not ended.

(elem (table $functions) (i32.const 0) func $main $computes)

(func (export "main") (param $goroutines i32) (param $polls i32) (result i32)
  (local $g i32)
  (i32.store (i32.const 24) (local.get $goroutines))
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $goroutines))
  (i32.store offset=24 (local.get $g) (local.get $polls))
  (local.get $g))

;; Keeps: 12 how many goroutines are still to be started, 16 the polls. Goes on: 0 at the beginning,
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

;; Keeps: 12 the polls that are left, 16 the number of main, 20 the count.
(func $computes (param $frame i32) (param i32) (result i32)
  (local $left i32) (local $count i32) (local $end i32) (local $paused i32)
  (local.set $left (i32.load offset=12 (local.get $frame)))
  (local.set $count (i32.load offset=20 (local.get $frame)))
  (block $pause
    (block $end
      (loop $more
        (br_if $end (i32.eqz (local.get $left)))
        (local.set $end (i32.add (local.get $count) (i32.const 1000)))
        (loop $count
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (br_if $count (i32.ne (local.get $count) (local.get $end))))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $pause (local.tee $paused (call $poll)))
        (br $more)))
    (drop (i64.atomic.rmw.add (i32.const 16) (i64.extend_i32_u (local.get $count))))
    (if (i32.eq (i32.atomic.rmw.sub (i32.const 24) (i32.const 1)) (i32.const 1))
      (then (call $wake (i32.load offset=16 (local.get $frame)))))
    (return (i32.const 0)))
  (i32.store offset=12 (local.get $frame) (local.get $left))
  (i32.store offset=20 (local.get $frame) (local.get $count))
  (local.get $paused))
