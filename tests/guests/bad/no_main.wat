;; Exports no "main".
(module
  (import "env" "memory" (memory 256 256 shared))
  (func (export "turns") (param i32 i32))
  (func (export "interrupt") (param i32)))
