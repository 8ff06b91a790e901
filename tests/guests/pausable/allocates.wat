;; Each goroutine takes blocks of `work` bytes, a multiple of 8, and gives none back. So the memory gets
;; full, and the program traps.

(func $frames (param i32 i32) (result i32) (i32.const 256))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (segment)
  (segment (keeps $work)
    (loop $take
      (i64.store (call $take (local.get $work)) (i64.const -1))
      (poll $take))))
