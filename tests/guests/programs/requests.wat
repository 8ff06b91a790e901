;; main(kind): main asks for the site's page if the kind is 0, and for an address at which nobody
;; listens if the kind is 1. The answer of the program is the HTTP status times 2^32 plus the number of
;; bytes of the body. If there is no response, main writes the message that says why to standard
;; error. The addresses are in the module, and main copies them to the address 64.

(elem (table $functions) (i32.const 0) func $main)
(data $addresses "index.htmlhttp://127.0.0.1:1/")

(func (export "main") (param $kind i32) (param i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $kind))
  (local.get $g))

;; Keeps: 12 the kind. Goes on: 0 at the beginning, 1 when there is an answer.
(func $main (param $frame i32) (param i32) (result i32)
  (local $left i64) (local $part i32)
  (if (i32.load offset=8 (local.get $frame))
    (then
      (i64.atomic.store (i32.const 16)
        (i64.add (i64.shl (call $response (i32.const 0)) (i64.const 32)) (call $response (i32.const 1))))
      (local.set $left (call $response (i32.const 2)))
      (if (i64.eqz (local.get $left)) (then (return (i32.const 0))))
      (local.set $part (i32.const 3))
      (loop $more
        (if (i64.ge_u (local.get $left) (i64.const 8))
          (then
            (call $print_bytes (i32.const 2) (call $response (local.get $part)) (i32.const 8))
            (local.set $part (i32.add (local.get $part) (i32.const 1)))
            (local.set $left (i64.sub (local.get $left) (i64.const 8)))
            (br $more))))
      (call $print_bytes (i32.const 2) (call $response (local.get $part)) (i32.wrap_i64 (local.get $left)))
      (return (i32.const 0))))
  (memory.init $addresses (i32.const 64) (i32.const 0) (i32.const 29))
  (if (i32.load offset=12 (local.get $frame))
    (then (call $print (i32.const 4) (i32.const 74) (i32.const 19)))
    (else (call $print (i32.const 4) (i32.const 64) (i32.const 10))))
  (if (i32.eqz (call $request (i32.const 10000))) (then (return (i32.const 0))))
  (i32.store offset=8 (local.get $frame) (i32.const 1))
  (global.get $IO))
