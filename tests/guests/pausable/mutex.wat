;; Each goroutine locks a mutex `work` times, and adds 4 to the answer each time. Between two steps of
;; the addition it can pause, with the mutex locked. The answer is 4 * `work` * goroutines.
;;
;; The mutex is at 32:
;;   0  a lock, which protects the following
;;   4  whether a goroutine has locked the mutex
;;   8  the first goroutine that waits for the mutex, or 0
;;   12 the last goroutine that waits, if there is one
;; A goroutine that waits is a record:
;;   0  the goroutine's number
;;   4  the next goroutine that waits, or 0

(global $mutex i32 (i32.const 32))

(func $frames (param i32 i32) (result i32) (i32.const 256))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (local $me i32) (local $left i32) (local $steps i32) (local $count i64) (local $locked i32)
  (segment
    (local.set $left (local.get $work))
    (local.set $me (call $take (i32.const 8))))
  (segment loops (keeps $me $left)
    (if (i32.eqz (local.get $left)) (then (done (i64.const 0))))
    (calls $locked $lock_mutex (local.get $me)))
  (segment (keeps $me $left)
    (local.set $count (i64.load (i32.const 16)))
    (local.set $steps (i32.const 4)))
  (segment (keeps $me $left $count $steps)
    (block $added
      (loop $step
        (br_if $added (i32.eqz (local.get $steps)))
        (local.set $count (i64.add (local.get $count) (i64.const 1)))
        (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
        (poll $step)))
    (i64.store (i32.const 16) (local.get $count))
    (call $unlock_mutex)
    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
    (again)))

;; Locks the mutex. Waits as long as another goroutine has locked it.
(twins $lock_mutex (param $me i32) (result i32)
  (segment
    (call $lock (global.get $mutex))
    (if (i32.eqz (i32.load offset=4 (global.get $mutex)))
      (then
        (i32.store offset=4 (global.get $mutex) (i32.const 1))
        (call $unlock (global.get $mutex))
        (done (i32.const 1))))
    (i32.store (local.get $me) (call $current))
    (i32.store offset=4 (local.get $me) (i32.const 0))
    (if (i32.load offset=8 (global.get $mutex))
      (then (i32.store offset=4 (i32.load offset=12 (global.get $mutex)) (local.get $me)))
      (else (i32.store offset=8 (global.get $mutex) (local.get $me))))
    (i32.store offset=12 (global.get $mutex) (local.get $me))
    (call $unlock (global.get $mutex))
    (waits $MUTEX))
  (segment
    (done (i32.const 1))))

;; Unlocks the mutex. If a goroutine waits, the mutex is handed over to it and stays locked.
(func $unlock_mutex
  (local $next i32)
  (call $lock (global.get $mutex))
  (local.set $next (i32.load offset=8 (global.get $mutex)))
  (if (local.get $next)
    (then (i32.store offset=8 (global.get $mutex) (i32.load offset=4 (local.get $next))))
    (else (i32.store offset=4 (global.get $mutex) (i32.const 0))))
  (call $unlock (global.get $mutex))
  (if (local.get $next)
    (then (call $hand_over (i32.load (local.get $next)) (i32.const 0)))))
