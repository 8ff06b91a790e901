;; Imports a function that does not exist.
(module
  (import "manyhands" "missing" (func))
  (import "env" "memory" (memory 256 256 shared))
  (func (export "turns") (param i32 i32))
  (func (export "main") (param i32 i32) (result i32) (i32.const 8192))
  (func (export "interrupt") (param i32)))
