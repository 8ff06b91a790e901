;; What the programs in this folder share. They are written with the forms that twins.rs describes.
;;
;; main(work, goroutines): starts the goroutines and waits until they have ended. The answer is the sum
;; of what they return. The word at 24 is the number of goroutines that have not ended.
;;
;; Each program has these functions:
;;   $work (number, goroutines, work): what the goroutine with this number does, from 0 on
;;   $frames (work, goroutines): how many bytes the frames of a goroutine need, a multiple of 8

(elem (table $functions) (i32.const 0) func $main)

(func (export "main") (param $work i32) (param $goroutines i32) (result i32)
  (local $g i32)
  (i32.store (i32.const 24) (local.get $goroutines))
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $work))
  (i32.store offset=24 (local.get $g) (local.get $goroutines))
  (local.get $g))

;; Keeps: 12 the work, 16 the goroutines. Goes on: 0 at the beginning, 1 when all goroutines have
;; ended.
(func $main (param $frame i32) (param i32) (result i32)
  (local $g i32) (local $number i32) (local $goroutines i32)
  (if (i32.load offset=8 (local.get $frame)) (then (return (i32.const 0))))
  (local.set $goroutines (i32.load offset=16 (local.get $frame)))
  (block $started
    (loop $more
      (br_if $started (i32.eq (local.get $number) (local.get $goroutines)))
      (local.set $g
        (call $goroutine_with_frames
          (global.get $worker.number)
          (call $frames (i32.load offset=12 (local.get $frame)) (local.get $goroutines))))
      (i32.store offset=20 (local.get $g) (local.get $number))
      (i32.store offset=24 (local.get $g) (local.get $goroutines))
      (i32.store offset=28 (local.get $g) (i32.load offset=12 (local.get $frame)))
      (i32.store offset=32 (local.get $g) (call $current))
      (drop (call $start (local.get $g)))
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br $more)))
  (if (i32.eqz (local.get $goroutines)) (then (return (i32.const 0))))
  (i32.store offset=8 (local.get $frame) (i32.const 1))
  (global.get $WAIT_GROUP))

;; The function with which each goroutine begins. `wakes` is the goroutine that waits for all of them.
(twins $worker (param $number i32) (param $goroutines i32) (param $work i32) (param $wakes i32) (result i64)
  (local $returned i64)
  (segment
    (calls $returned $work (local.get $number) (local.get $goroutines) (local.get $work)))
  (segment (keeps $wakes)
    (drop (i64.atomic.rmw.add (i32.const 16) (local.get $returned)))
    (if (i32.eq (i32.atomic.rmw.sub (i32.const 24) (i32.const 1)) (i32.const 1))
      (then (call $wake (local.get $wakes))))
    (done (i64.const 0))))

;; Returns the first number of a goroutine's share of the numbers from 0 to `work` - 1.
(func $share (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (i64.div_u
    (i64.mul (i64.extend_i32_u (local.get $work)) (i64.extend_i32_u (local.get $number)))
    (i64.extend_i32_u (local.get $goroutines))))
