// Goroutines, and a main that does not wait for them.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

var words = []string{"Hello", "World", "Bonjour", "Monde", "Hola", "Mundo", "Hallo", "Welt"}

func nth(words []string, n int) string {
	word, round := words[n%len(words)], n/len(words)
	if round == 0 {
		return word
	}
	return fmt.Sprintf("%s %d", word, round+1)
}

func main() {
	times := flag.Int("times", 3, "how often each greeter says its word")
	mainWaitsMs := flag.Int("mainWaitsMs", 600, "how long main waits before it returns")
	greeters := flag.Int("greeters", 2, "how many greeters")
	firstDelayMs := flag.Int("firstDelayMs", 100, "the first greeter's pause after each word")
	delayStepMs := flag.Int("delayStepMs", 50, "how much longer each further one's pause is")
	flag.Parse()

	said := make([]atomic.Int64, *greeters)
	for g := range *greeters {
		go func() {
			pause := time.Duration(*firstDelayMs+g**delayStepMs) * time.Millisecond
			for range *times {
				fmt.Fprintln(os.Stderr, nth(words, g))
				said[g].Add(1)
				time.Sleep(pause)
			}
		}()
	}
	time.Sleep(time.Duration(*mainWaitsMs) * time.Millisecond)

	counts, unsaid := map[string]int64{}, int64(*greeters**times)
	for g := range *greeters {
		count := said[g].Load()
		counts[nth(words, g)] = count
		unsaid -= count
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"said": counts},
		"observed": map[string]any{"unsaid": unsaid},
	})
}
