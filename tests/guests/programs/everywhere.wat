;; main(byte, goroutines): each goroutine fills the whole memory with the byte, also what the program
;; needs in order to go on.

(elem (table $functions) (i32.const 0) func $main $fills)

(func (export "main") (param $byte i32) (param $goroutines i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $byte))
  (i32.store offset=24 (local.get $g) (local.get $goroutines))
  (local.get $g))

;; Keeps: 12 the byte, 16 how many goroutines are still to be started.
(func $main (param $frame i32) (param i32) (result i32)
  (local $g i32) (local $byte i32) (local $left i32)
  (local.set $byte (i32.load offset=12 (local.get $frame)))
  (local.set $left (i32.load offset=16 (local.get $frame)))
  (block $started
    (loop $more
      (br_if $started (i32.eqz (local.get $left)))
      (local.set $g (call $goroutine (i32.const 1)))
      (i32.store offset=20 (local.get $g) (local.get $byte))
      (drop (call $start (local.get $g)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br $more)))
  (global.get $YIELDED))

;; Keeps: 12 the byte.
(func $fills (param $frame i32) (param i32) (result i32)
  (memory.fill (i32.const 0) (i32.load offset=12 (local.get $frame)) (i32.const 0x1000000))
  (global.get $YIELDED))
