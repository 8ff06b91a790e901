;; Each goroutine has a sieve of `work` bytes, and counts the primes below `work`. The answer is the sum
;; of the counts.

(func $frames (param i32 i32) (result i32) (i32.const 256))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (local $sieve i32) (local $returned i64)
  (segment
    (local.set $sieve (call $take (i32.and (i32.add (local.get $work) (i32.const 7)) (i32.const -8))))
    (calls $returned $strike (local.get $sieve) (local.get $work)))
  (segment (keeps $sieve $work)
    (calls $returned $count (local.get $sieve) (local.get $work)))
  (segment
    (done (local.get $returned))))

;; Sets the byte of each number below `n` that is no prime.
(twins $strike (param $sieve i32) (param $n i32) (result i64)
  (local $p i32) (local $multiple i32) (local $strip i32)
  (segment
    (local.set $p (i32.const 2)))
  (segment loops (keeps $sieve $n $p)
    (local.set $multiple (i32.mul (local.get $p) (local.get $p)))
    (if (i32.ge_u (local.get $multiple) (local.get $n)) (then (done (i64.const 0))))
    (if (i32.load8_u (i32.add (local.get $sieve) (local.get $p)))
      (then (local.set $multiple (local.get $n)))))
  (segment (keeps $sieve $n $p $multiple)
    (block $struck
      (loop $strips
        (br_if $struck (i32.ge_u (local.get $multiple) (local.get $n)))
        (local.set $strip (i32.add (local.get $multiple) (i32.shl (local.get $p) (i32.const 10))))
        (local.set $strip
          (select (local.get $strip) (local.get $n) (i32.lt_u (local.get $strip) (local.get $n))))
        (loop $strike
          (i32.store8 (i32.add (local.get $sieve) (local.get $multiple)) (i32.const 1))
          (local.set $multiple (i32.add (local.get $multiple) (local.get $p)))
          (br_if $strike (i32.lt_u (local.get $multiple) (local.get $strip))))
        (poll $strips)))
    (local.set $p (i32.add (local.get $p) (i32.const 1)))
    (again)))

;; Counts the numbers from 2 to `n` - 1 whose byte is 0.
(twins $count (param $sieve i32) (param $n i32) (result i64)
  (local $i i32) (local $strip i32) (local $primes i32)
  (segment
    (local.set $i (i32.const 2))
    (local.set $primes (i32.const 0)))
  (segment (keeps $sieve $n $i $primes)
    (block $counted
      (loop $strips
        (br_if $counted (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $strip (i32.add (local.get $i) (i32.const 1024)))
        (local.set $strip
          (select (local.get $strip) (local.get $n) (i32.lt_u (local.get $strip) (local.get $n))))
        (loop $count
          (local.set $primes
            (i32.add
              (local.get $primes)
              (i32.eqz (i32.load8_u (i32.add (local.get $sieve) (local.get $i))))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $count (i32.lt_u (local.get $i) (local.get $strip))))
        (poll $strips)))
    (done (i64.extend_i32_u (local.get $primes)))))
