;; Each goroutine calls itself until it is as deep as its share of `work`. The answer is the sum of all
;; depths.

;; A frame of $down has 16 bytes, so a million of them fit into the memory.
(func $frames (param $work i32) (param $goroutines i32) (result i32)
  (i32.add
    (i32.const 256)
    (i32.shl (i32.div_u (local.get $work) (local.get $goroutines)) (i32.const 4))))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (local $sum i64)
  (segment
    (calls $sum $down
      (i32.wrap_i64
        (i64.sub
          (call $share (i32.add (local.get $number) (i32.const 1)) (local.get $goroutines) (local.get $work))
          (call $share (local.get $number) (local.get $goroutines) (local.get $work))))))
  (segment
    (done (local.get $sum))))

(twins $down (param $n i32) (result i64) (local $sum i64)
  (segment
    (if (i32.eqz (local.get $n)) (then (done (i64.const 0))))
    (calls $sum $down (i32.sub (local.get $n) (i32.const 1))))
  (segment (keeps $n)
    (done (i64.add (local.get $sum) (i64.extend_i32_u (local.get $n))))))
