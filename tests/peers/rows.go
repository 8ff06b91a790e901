// The benchmark rows of the comparison with our runtime (src/lib.rs), in Go. Each row repeats an operation and prints how long that took.
//
//	go run rows.go                every row, one JSON object a line: {"row": …, "operations": …, "ns": …}
//	go run rows.go sieve cpu      some rows
//	go run rows.go sieve 100      a row with 100 operations
//	go run rows.go blocked 1000   {"bytes": …}: the memory of each task while 1000 tasks are blocked
//
// A row runs twice, and only the second run is measured, because touching memory for the first time takes extra time. GOMAXPROCS sets the number of processors. Compiled with GOOS=js GOARCH=wasm, the program runs in a browser.
package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

type row struct {
	name       string
	operations int
	work       func(n int)
}

var rows = []row{
	{"ping-pong", 200_000, pingPong},
	{"yield", 400_000, yield},
	{"create", 200_000, create},
	{"create-block-release", 100_000, createBlockRelease},
	{"buffered", 1_000_000, buffered},
	{"sieve", 500, sieve},
	{"fan-out", 100_000, fanOut},
	{"cpu", 8, cpu},
	{"slices", 8, cpu}, // Go needs no checkpoints to interrupt a task
}

func main() {
	wanted := os.Args[1:]
	operations := 0
	if len(wanted) == 2 {
		operations, _ = strconv.Atoi(wanted[1])
	}
	if len(wanted) == 1 && wanted[0] == "version" {
		fmt.Println(runtime.Version())
		return
	}
	if operations > 0 && wanted[0] == "blocked" {
		fmt.Printf("{\"bytes\":%d}\n", blockedBytes(operations))
		return
	}
	for _, r := range rows {
		if len(wanted) > 0 && !slices.Contains(wanted, r.name) {
			continue
		}
		if operations > 0 {
			r.operations = operations
		}
		measure(r)
		ns := measure(r)
		fmt.Printf("{\"row\":%q,\"operations\":%d,\"ns\":%d}\n", r.name, r.operations, ns)
	}
}

func measure(r row) int64 {
	runtime.GC()
	began := time.Now()
	r.work(r.operations)
	return time.Since(began).Nanoseconds()
}

// What n blocked tasks make the process ask of the operating system, for each of them.
func blockedBytes(n int) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	blockedTasks(n, func() { runtime.ReadMemStats(&after) })
	return (after.Sys - before.Sys) / uint64(n)
}

// Two tasks hand a value to and fro: n round trips over two rendezvous.
func pingPong(n int) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for value := range ping {
			pong <- value + 1
		}
		close(pong)
	}()
	value := 0
	for i := 0; i < n; i++ {
		ping <- value
		value = <-pong
	}
	close(ping)
	if value != n {
		panic("a value was lost")
	}
}

// Four tasks let each other go first, n times in all.
func yield(n int) {
	var group sync.WaitGroup
	for task := 0; task < 4; task++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := 0; i < n/4; i++ {
				runtime.Gosched()
			}
		}()
	}
	group.Wait()
}

// n tasks that do nothing.
func create(n int) {
	var group sync.WaitGroup
	for i := 0; i < n; i++ {
		group.Add(1)
		go func() { group.Done() }()
	}
	group.Wait()
}

// n tasks that wait for a channel to close, all at once.
func createBlockRelease(n int) {
	blockedTasks(n, func() {})
}

func blockedTasks(n int, allWait func()) {
	var group sync.WaitGroup
	var waiting atomic.Int32
	gate := make(chan int)
	for i := 0; i < n; i++ {
		group.Add(1)
		go func() {
			waiting.Add(1)
			<-gate
			group.Done()
		}()
	}
	for waiting.Load() < int32(n) {
		runtime.Gosched()
	}
	allWait()
	close(gate)
	group.Wait()
}

// n values through a channel of capacity 64.
func buffered(n int) {
	values := make(chan int, 64)
	go func() {
		for i := 0; i < n; i++ {
			values <- i
		}
		close(values)
	}()
	sum := 0
	for value := range values {
		sum += value
	}
	if sum != n*(n-1)/2 {
		panic("a value was lost")
	}
}

// The first n primes, each found by a task that filters its multiples out of what the one
// before it lets through.
func sieve(n int) {
	numbers := make(chan int)
	go func(numbers chan<- int) {
		for i := 2; ; i++ {
			numbers <- i
		}
	}(numbers)
	prime := 0
	for i := 0; i < n; i++ {
		prime = <-numbers
		passed := make(chan int)
		go filter(numbers, passed, prime)
		numbers = passed
	}
	if n == 500 && prime != 3571 {
		panic("the 500th prime is 3571")
	}
}

func filter(numbers <-chan int, passed chan<- int, prime int) {
	for {
		number := <-numbers
		if number%prime != 0 {
			passed <- number
		}
	}
}

// n values from one task through four that change them to one that adds them up.
func fanOut(n int) {
	jobs, results := make(chan uint32), make(chan uint32)
	go func() {
		for i := 0; i < n; i++ {
			jobs <- uint32(i)
		}
		close(jobs)
	}()
	for task := 0; task < 4; task++ {
		go func() {
			for job := range jobs {
				results <- steps(job+1, 100)
			}
		}()
	}
	var sum uint32
	for i := 0; i < n; i++ {
		sum += <-results
	}
	if sum == 0 {
		panic("nothing was computed")
	}
}

// n tasks that compute.
func cpu(n int) {
	var group sync.WaitGroup
	results := make([]uint32, n)
	for task := 0; task < n; task++ {
		group.Add(1)
		go func() {
			defer group.Done()
			results[task] = steps(uint32(task+1), 20_000_000)
		}()
	}
	group.Wait()
}

// steps of xorshift from a state other than 0.
func steps(state uint32, n int) uint32 {
	for i := 0; i < n; i++ {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
	}
	return state
}
