;; A counter in a memory of its own: 64 KiB that no other instance can reach.
(module
  (memory 1 1)

  ;; Adds 1 to the counter $times times and returns the counter.
  (func (export "count") (param $times i64) (result i64)
    (block $done
      (loop $again
        (br_if $done (i64.eqz (local.get $times)))
        (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
        (local.set $times (i64.sub (local.get $times) (i64.const 1)))
        (br $again)))
    (i64.load (i32.const 0))))
