// One chef, several dishes: chopping computes, boiling waits.
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

var dishNames = []string{
	"soup", "rice", "pasta", "beans", "eggs", "dumplings", "lentils", "potatoes", "noodles",
	"corn", "porridge", "jam",
}

func nth(words []string, n int) string {
	word, round := words[n%len(words)], n/len(words)
	if round == 0 {
		return word
	}
	return fmt.Sprintf("%s %d", word, round+1)
}

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
	dishes := flag.Int("dishes", 4, "how many dishes")
	chopMs := flag.Int("chopMs", 60, "computing for each")
	boilMs := flag.Int("boilMs", 180, "waiting for each")
	flag.Parse()
	chop := uint64(float64(*chopMs) * stepsPerMs())

	pass := make(chan string, *dishes)
	var kitchen sync.WaitGroup
	for n := range *dishes {
		kitchen.Add(1)
		go func() {
			defer kitchen.Done()
			if count(chop) != chop {
				panic("miscounted")
			}
			time.Sleep(time.Duration(*boilMs) * time.Millisecond)
			pass <- nth(dishNames, n)
		}()
	}
	kitchen.Wait()
	close(pass)

	order := []string{}
	for dish := range pass {
		order = append(order, dish)
	}
	served := slices.Clone(order)
	slices.Sort(served)
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"served": served},
		"observed": map[string]any{"order": order},
	})
}
