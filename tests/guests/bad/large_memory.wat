;; Imports a memory that is larger than 16 MiB.
(module
  (import "env" "memory" (memory 257 257 shared))
  (func (export "turns") (param i32 i32))
  (func (export "main") (param i32 i32) (result i32) (i32.const 8192))
  (func (export "interrupt") (param i32)))
