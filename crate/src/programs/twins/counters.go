// Parallelism: counters that keep a processor busy.
package main

import (
	"encoding/json"
	"flag"
	"os"
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

func main() {
	counters := flag.Int("counters", 4, "how many counters")
	flag.Float64("timeSliceMs", 10, "has no effect: Go's scheduler interrupts by itself")
	work := flag.Float64("work", 0.8, "seconds that all counting takes on one processor")
	iterations := flag.Int64("iterations", -1, "how far each counts, instead of work")
	serialPercent := flag.Float64("serialPercent", 0, "share that main counts alone, before")
	flag.Parse()

	to := uint64(*iterations)
	if *iterations < 0 {
		to = uint64(*work * 1e3 * stepsPerMs() / float64(*counters))
	}
	alone := uint64(float64(to) * *serialPercent / 100)

	counts, ms := make([]uint64, *counters), make([]float64, *counters)
	for n := range *counters {
		counts[n] = count(alone)
	}
	var group sync.WaitGroup
	for n := range *counters {
		group.Add(1)
		go func() {
			defer group.Done()
			started := time.Now()
			counts[n] += count(to - alone)
			ms[n] = time.Since(started).Seconds() * 1e3
		}()
	}
	group.Wait()

	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"counts": counts},
		"observed": map[string]any{"perCounterMs": ms},
	})
}
