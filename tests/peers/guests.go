// Programs of tests/guests in Go, which do the same work in the same amounts.
//
//	go run guests.go counting 1000000 2   counts to a million with two goroutines: {"ns": …}
//
// The program runs twice, and only the second run is measured. GOMAXPROCS sets the number of processors.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

// What the goroutine with a number does.
var programs = map[string]func(number, goroutines, work int) int{
	"counting": counting,
	"fib":      func(_, _, work int) int { return fib(work) },
}

func main() {
	work, _ := strconv.Atoi(os.Args[2])
	goroutines, _ := strconv.Atoi(os.Args[3])
	program := programs[os.Args[1]]
	measure(program, goroutines, work)
	fmt.Printf("{\"ns\":%d}\n", measure(program, goroutines, work))
}

func measure(program func(number, goroutines, work int) int, goroutines, work int) int64 {
	began := time.Now()
	var group sync.WaitGroup
	results := make([]int, goroutines)
	for number := range goroutines {
		group.Go(func() { results[number] = program(number, goroutines, work) })
	}
	group.Wait()
	took := time.Since(began).Nanoseconds()
	sum := 0
	for _, result := range results {
		sum += result
	}
	if sum == 0 {
		panic("nothing was computed")
	}
	return took
}

// The goroutines share the numbers from 0 to work - 1, and add them up.
func counting(number, goroutines, work int) int {
	sum, end := 0, work*(number+1)/goroutines
	for i := work * number / goroutines; i < end; i++ {
		sum += i
	}
	return sum
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
