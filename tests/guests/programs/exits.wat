;; main(outcome, code): starts a goroutine that computes for ever and polls, and ends the run.

(elem (table $functions) (i32.const 0) func $main $computes)

(func (export "main") (param $outcome i32) (param $code i32) (result i32)
  (local $g i32)
  (local.set $g (call $goroutine (i32.const 0)))
  (i32.store offset=20 (local.get $g) (local.get $outcome))
  (i32.store offset=24 (local.get $g) (local.get $code))
  (local.get $g))

;; Keeps: 12 the outcome, 16 the exit code.
(func $main (param $frame i32) (param i32) (result i32)
  (drop (call $start (call $goroutine (i32.const 1))))
  (call $exit (i32.load offset=12 (local.get $frame)) (i32.load offset=16 (local.get $frame)))
  (global.get $YIELDED))

(func $computes (param i32 i32) (result i32)
  (local $paused i32)
  (loop $on
    (local.set $paused (call $poll))
    (br_if $on (i32.eqz (local.get $paused))))
  (local.get $paused))
