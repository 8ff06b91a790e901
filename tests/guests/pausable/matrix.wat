;; Each goroutine multiplies two matrices of `work` rows and columns. The cells of the first are
;; 0, 1, …, 9, 0, …, and those of the second 0, 1, …, 6, 0, …. The answer is the sum over the cells of
;; all products, in which every third cell counts once, the next twice and the next three times.

(func $frames (param i32 i32) (result i32) (i32.const 256))

(twins $work (param $number i32) (param $goroutines i32) (param $work i32) (result i64)
  (local $cells i32) (local $a i32) (local $b i32) (local $c i32) (local $returned i64)
  (segment
    (local.set $cells (i32.mul (local.get $work) (local.get $work)))
    (local.set $a (call $take (i32.shl (local.get $cells) (i32.const 3))))
    (local.set $b (call $take (i32.shl (local.get $cells) (i32.const 3))))
    (local.set $c (call $take (i32.shl (local.get $cells) (i32.const 3))))
    (calls $returned $fill (local.get $a) (local.get $cells) (i32.const 10)))
  (segment (keeps $work $cells $a $b $c)
    (calls $returned $fill (local.get $b) (local.get $cells) (i32.const 7)))
  (segment (keeps $work $cells $a $b $c)
    (calls $returned $multiply (local.get $a) (local.get $b) (local.get $c) (local.get $work)))
  (segment (keeps $c $cells)
    (calls $returned $sum (local.get $c) (local.get $cells)))
  (segment
    (done (local.get $returned))))

;; Sets each cell to its number modulo `modulus`.
(twins $fill (param $matrix i32) (param $cells i32) (param $modulus i32) (result i64)
  (local $cell i32) (local $strip i32)
  (segment
    (local.set $cell (i32.const 0)))
  (segment (keeps $matrix $cells $modulus $cell)
    (block $filled
      (loop $strips
        (br_if $filled (i32.ge_u (local.get $cell) (local.get $cells)))
        (local.set $strip (i32.add (local.get $cell) (i32.const 1024)))
        (local.set $strip
          (select (local.get $strip) (local.get $cells) (i32.lt_u (local.get $strip) (local.get $cells))))
        (loop $fill
          (f64.store
            (i32.add (local.get $matrix) (i32.shl (local.get $cell) (i32.const 3)))
            (f64.convert_i32_u (i32.rem_u (local.get $cell) (local.get $modulus))))
          (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
          (br_if $fill (i32.lt_u (local.get $cell) (local.get $strip))))
        (poll $strips)))
    (done (i64.const 0))))

;; Sets the cells of `c` to the product of `a` and `b`. Each matrix has n * n cells. Each access checks
;; the cell's number.
(twins $multiply (param $a i32) (param $b i32) (param $c i32) (param $n i32) (result i64)
  (local $row i32) (local $column i32) (local $k i32) (local $cells i32) (local $strip i32)
  (local $in_a i32) (local $in_b i32) (local $in_c i32) (local $sum f64)
  (segment
    (if (i32.eqz (local.get $n)) (then (done (i64.const 0))))
    (local.set $cells (i32.mul (local.get $n) (local.get $n)))
    (local.set $row (i32.const 0))
    (local.set $column (i32.const 0)))
  (segment loops (keeps $a $b $c $n $cells $row $column)
    (local.set $k (i32.const 0))
    (local.set $sum (f64.const 0)))
  (segment (keeps $a $b $c $n $cells $row $column $k $sum)
    (block $summed
      (loop $strips
        (br_if $summed (i32.ge_u (local.get $k) (local.get $n)))
        (local.set $strip (i32.add (local.get $k) (i32.const 1024)))
        (local.set $strip
          (select (local.get $strip) (local.get $n) (i32.lt_u (local.get $strip) (local.get $n))))
        (loop $add
          (local.set $in_a (i32.add (i32.mul (local.get $row) (local.get $n)) (local.get $k)))
          (if (i32.ge_u (local.get $in_a) (local.get $cells)) (then (unreachable)))
          (local.set $in_b (i32.add (i32.mul (local.get $k) (local.get $n)) (local.get $column)))
          (if (i32.ge_u (local.get $in_b) (local.get $cells)) (then (unreachable)))
          (local.set $sum
            (f64.add
              (local.get $sum)
              (f64.mul
                (f64.load (i32.add (local.get $a) (i32.shl (local.get $in_a) (i32.const 3))))
                (f64.load (i32.add (local.get $b) (i32.shl (local.get $in_b) (i32.const 3)))))))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $add (i32.lt_u (local.get $k) (local.get $strip))))
        (poll $strips)))
    (local.set $in_c (i32.add (i32.mul (local.get $row) (local.get $n)) (local.get $column)))
    (if (i32.ge_u (local.get $in_c) (local.get $cells)) (then (unreachable)))
    (f64.store (i32.add (local.get $c) (i32.shl (local.get $in_c) (i32.const 3))) (local.get $sum))
    (local.set $column (i32.add (local.get $column) (i32.const 1)))
    (if (i32.eq (local.get $column) (local.get $n))
      (then
        (local.set $column (i32.const 0))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (if (i32.eq (local.get $row) (local.get $n)) (then (done (i64.const 0))))))
    (again)))

;; Returns the sum of the cells, of which every third counts once, the next twice and the next three
;; times.
(twins $sum (param $matrix i32) (param $cells i32) (result i64)
  (local $cell i32) (local $strip i32) (local $sum i64)
  (segment
    (local.set $cell (i32.const 0))
    (local.set $sum (i64.const 0)))
  (segment (keeps $matrix $cells $cell $sum)
    (block $summed
      (loop $strips
        (br_if $summed (i32.ge_u (local.get $cell) (local.get $cells)))
        (local.set $strip (i32.add (local.get $cell) (i32.const 1024)))
        (local.set $strip
          (select (local.get $strip) (local.get $cells) (i32.lt_u (local.get $strip) (local.get $cells))))
        (loop $add
          (local.set $sum
            (i64.add
              (local.get $sum)
              (i64.mul
                (i64.extend_i32_u (i32.add (i32.rem_u (local.get $cell) (i32.const 3)) (i32.const 1)))
                (i64.trunc_f64_s
                  (f64.load (i32.add (local.get $matrix) (i32.shl (local.get $cell) (i32.const 3))))))))
          (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
          (br_if $add (i32.lt_u (local.get $cell) (local.get $strip))))
        (poll $strips)))
    (done (local.get $sum))))
