;; main(0, 0): a goroutine that computes for ever, and never asks whether to stop.

(elem (table $functions) (i32.const 0) func $main)

(func (export "main") (param i32 i32) (result i32)
  (call $goroutine (i32.const 0)))

(func $main (param i32 i32) (result i32)
  (local $n i64)
  (loop $on
    (local.set $n (i64.add (local.get $n) (i64.const 1)))
    (br_if $on (i64.ne (local.get $n) (i64.const -1))))
  (i32.const 0))
