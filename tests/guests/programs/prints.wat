;; main(times, code): main writes lines to standard output and to standard error, and ends the run
;; with an exit code and a message. The texts are in the module, and main copies them to the address 64.

(elem (table $functions) (i32.const 0) func $main)
(data $texts "Many Hands. \c3\a4\n1 error\npanic: it ends\n")

(func (export "main") (param $times i32) (param $code i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $times))
  (i32.store offset=24 (local.get $g) (local.get $code))
  (local.get $g))

;; Keeps: 12 how often main has still to write, 16 the exit code.
(func $main (param $frame i32) (param i32) (result i32)
  (local $left i32)
  (memory.init $texts (i32.const 64) (i32.const 0) (i32.const 38))
  (local.set $left (i32.load offset=12 (local.get $frame)))
  (loop $more
    (if (local.get $left)
      (then
        ;; The first write ends inside a character.
        (call $print (i32.const 1) (i32.const 64) (i32.const 13))
        (call $print (i32.const 1) (i32.const 77) (i32.const 2))
        (call $print (i32.const 2) (i32.const 79) (i32.const 8))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br $more))))
  (call $print (i32.const 3) (i32.const 87) (i32.const 15))
  (call $exit (i32.const 1) (i32.load offset=16 (local.get $frame)))
  (global.get $YIELDED))
