;; The goroutines share the numbers from 0 to `work` - 1. The answer is the sum of the numbers.

(func $frames (param i32 i32) (result i32) (i32.const 256))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (local $i i64) (local $end i64) (local $strip i64) (local $sum i64)
  (segment
    (local.set $i (call $share (local.get $number) (local.get $goroutines) (local.get $work)))
    (local.set $end
      (call $share (i32.add (local.get $number) (i32.const 1)) (local.get $goroutines) (local.get $work)))
    (local.set $sum (i64.const 0)))
  (segment (keeps $i $end $sum)
    (block $counted
      (loop $strips
        (br_if $counted (i64.ge_u (local.get $i) (local.get $end)))
        (local.set $strip (i64.add (local.get $i) (i64.const 1024)))
        (local.set $strip
          (select (local.get $strip) (local.get $end) (i64.lt_u (local.get $strip) (local.get $end))))
        (loop $count
          (local.set $sum (i64.add (local.get $sum) (local.get $i)))
          (local.set $i (i64.add (local.get $i) (i64.const 1)))
          (br_if $count (i64.lt_u (local.get $i) (local.get $strip))))
        (poll $strips)))
    (done (local.get $sum))))
