// Structure or execution: the same tasks, first waiting, then computing.
//
// Without the word go, and with GOMAXPROCS=1, this is one of the other cells of the table.
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

// timed returns the milliseconds until all tasks are done.
func timed(tasks int, task func()) float64 {
	began := time.Now()
	var group sync.WaitGroup
	for range tasks {
		group.Add(1)
		go func() {
			defer group.Done()
			task()
		}()
	}
	group.Wait()
	return time.Since(began).Seconds() * 1e3
}

func main() {
	tasks := flag.Int("tasks", 4, "how many tasks wait, and then how many compute")
	taskMs := flag.Int("taskMs", 60, "how long each takes")
	flag.Parse()
	steps := uint64(float64(*taskMs) * stepsPerMs())

	waitMs := timed(*tasks, func() { time.Sleep(time.Duration(*taskMs) * time.Millisecond) })
	computeMs := timed(*tasks, func() {
		if count(steps) != steps {
			panic("miscounted")
		}
	})
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{},
		"observed": map[string]any{"waitMs": waitMs, "computeMs": computeMs},
	})
}
