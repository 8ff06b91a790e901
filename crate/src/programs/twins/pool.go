// A worker pool: a few workers, many jobs.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
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

type result struct {
	Job    int `json:"job"`
	Value  int `json:"value"`
	worker int
}

// worker does one job after the other until there are no more.
func worker(id int, do func(), jobs <-chan int, results chan<- result) {
	for job := range jobs {
		do()
		fmt.Fprintln(os.Stderr, "finished job", job)
		results <- result{job, 2 * job, id}
	}
}

func main() {
	workers := flag.Int("workers", 3, "how many workers")
	jobCount := flag.Int("jobs", 5, "how many jobs")
	jobMs := flag.Int("jobMs", 200, "how long each job takes a worker")
	work := flag.String("work", "both", "what a job does: compute, wait, or half of each")
	capacity := flag.Int("capacity", -1, "how many jobs the channel holds; all, when left out")
	flag.Parse()
	if *capacity < 0 {
		*capacity = *jobCount
	}
	takes := time.Duration(*jobMs) * time.Millisecond
	computes, waits := takes/2, takes/2
	switch *work {
	case "compute":
		computes, waits = takes, 0
	case "wait":
		computes, waits = 0, takes
	}
	var steps uint64
	if computes > 0 {
		steps = uint64(computes.Seconds() * 1e3 * stepsPerMs())
	}
	do := func() {
		if count(steps) != steps {
			panic("miscounted")
		}
		time.Sleep(waits)
	}

	jobs := make(chan int, *capacity)
	results := make(chan result, *jobCount)
	for id := 1; id <= *workers; id++ {
		go worker(id, do, jobs, results)
	}
	for job := 1; job <= *jobCount; job++ {
		jobs <- job
	}
	close(jobs)

	done := []result{}
	for range *jobCount {
		done = append(done, <-results)
	}
	slices.SortFunc(done, func(a, b result) int { return a.Job - b.Job })
	workerOfJob := []int{}
	for _, result := range done {
		workerOfJob = append(workerOfJob, result.worker)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"results": done},
		"observed": map[string]any{"workerOfJob": workerOfJob},
	})
}
