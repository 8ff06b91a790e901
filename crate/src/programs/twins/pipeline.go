// Fan-out and fan-in: a pipeline of channels.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"
)

// count takes steps of xorshift64 and counts those that do not end in zero: all of them.
func count(to uint64) (counted uint64) {
	state := uint64(88172645463325252)
	for range to {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		if state != 0 {
			counted++
		}
	}
	return counted
}

// stepsPerMs measures the second of two rounds.
func stepsPerMs() float64 {
	const round = 1 << 24
	var elapsed time.Duration
	for range 2 {
		began := time.Now()
		if count(round) != round {
			panic("miscounted")
		}
		elapsed = time.Since(began)
	}
	return round / (elapsed.Seconds() * 1e3)
}

// generator returns a channel of all numbers between two, both included.
func generator(from, to int64, capacity int) <-chan int64 {
	numbers := make(chan int64, capacity)
	go func() {
		defer close(numbers)
		for number := from; number <= to; number++ {
			numbers <- number
		}
	}()
	return numbers
}

// square returns a channel of the squares of those numbers that it got hold of.
func square(numbers <-chan int64, steps uint64, capacity int) <-chan int64 {
	squares := make(chan int64, capacity)
	go func() {
		defer close(squares)
		for number := range numbers {
			own := steps
			if number%2 != 0 {
				own /= 2
			}
			if count(own) != own {
				panic("miscounted")
			}
			squares <- number * number
		}
	}()
	return squares
}

// merge returns a channel of all that comes out of the given ones.
func merge(channels []<-chan int64, capacity int) <-chan int64 {
	merged := make(chan int64, capacity)
	var passingOn sync.WaitGroup
	passingOn.Add(len(channels))
	for _, squares := range channels {
		go func() {
			defer passingOn.Done()
			for square := range squares {
				merged <- square
			}
		}()
	}
	go func() {
		passingOn.Wait()
		close(merged)
	}()
	return merged
}

func main() {
	from := flag.Int64("from", 2, "the first number")
	to := flag.Int64("to", 10, "the last number")
	squarers := flag.Int("squarers", 3, "how many squarers share the numbers")
	workUs := flag.Float64("workUs", 40_000, "computing that the square of an even number takes; an odd one takes half")
	capacity := flag.Int("capacity", 0, "how many numbers each channel holds")
	flag.Parse()
	var steps uint64
	if *workUs > 0 {
		steps = uint64(*workUs / 1e3 * stepsPerMs())
	}

	numbers := generator(*from, *to, *capacity)
	channels := make([]<-chan int64, *squarers)
	for n := range channels {
		channels[n] = square(numbers, steps, *capacity)
	}
	arrival := []int64{}
	for square := range merge(channels, *capacity) {
		fmt.Fprintln(os.Stderr, square)
		arrival = append(arrival, square)
	}
	sorted := slices.Clone(arrival)
	slices.Sort(sorted)
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"squares": sorted},
		"observed": map[string]any{"arrival": arrival},
	})
}
