;; main(kind, processors): starts a goroutine that traps in one of several ways, while main yields
;; for ever.

(elem (table $functions) (i32.const 0) func $main $traps)

(func (export "main") (param $kind i32) (param i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $kind))
  (local.get $g))

;; Keeps: 12 the kind. Goes on: 0 at the beginning, 1 with the goroutine started.
(func $main (param $frame i32) (param i32) (result i32)
  (local $g i32)
  (if (i32.eqz (i32.load offset=8 (local.get $frame)))
    (then
      (i32.store offset=8 (local.get $frame) (i32.const 1))
      (local.set $g (call $goroutine (i32.const 1)))
      (i32.store offset=20 (local.get $g) (i32.load offset=12 (local.get $frame)))
      (drop (call $start (local.get $g)))))
  (global.get $YIELDED))

;; Keeps: 12 the kind.
(func $traps (param $frame i32) (param $me i32) (result i32)
  (local $kind i32)
  (local.set $kind (i32.load offset=12 (local.get $frame)))
  (block $stack (block $empty (block $signature (block $division (block $bounds (block $unreachable
    (br_table $unreachable $bounds $division $signature $empty $stack (local.get $kind)))
    (unreachable))
    (return (i32.load (i32.const 0x7fffffff))))
    (return (i32.div_u (i32.const 1) (i32.sub (local.get $kind) (i32.const 2)))))
    (return (call_indirect $functions (result i32) (i32.const 0))))
    (return (call_indirect $functions (type $function) (local.get $frame) (local.get $me) (i32.const 7))))
  (call $recurse (i32.const 1)))

(func $recurse (param $n i32) (result i32)
  (i32.add (call $recurse (i32.add (local.get $n) (i32.const 1))) (local.get $n)))
