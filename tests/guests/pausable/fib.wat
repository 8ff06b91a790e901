;; Each goroutine computes the Fibonacci number of `work` by calling itself. The answer is the sum of
;; the results.

(func $frames (param $work i32) (param i32) (result i32)
  (i32.add (i32.const 256) (i32.shl (local.get $work) (i32.const 5))))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (local $returned i64)
  (segment
    (calls $returned $fib (i64.extend_i32_u (local.get $work))))
  (segment
    (done (local.get $returned))))

(twins $fib (param $n i64) (result i64) (local $first i64) (local $second i64)
  (segment
    (if (i64.lt_s (local.get $n) (i64.const 2)) (then (done (local.get $n))))
    (calls $first $fib (i64.sub (local.get $n) (i64.const 1))))
  (segment (keeps $n)
    (calls $second $fib (i64.sub (local.get $n) (i64.const 2))))
  (segment (keeps $first)
    (done (i64.add (local.get $first) (local.get $second)))))
