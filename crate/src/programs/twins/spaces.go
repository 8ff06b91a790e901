// Process and thread: memories apart, and one memory.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// process starts this program once more, to count in a memory of its own, and hands it the payload.
// It returns the count, and the milliseconds until the process had all of the payload.
func process(increments uint64, payload []byte) (count uint64, copyMs float64) {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	child := exec.Command(program, "-child", fmt.Sprintf("-increments=%d", increments))
	input, _ := child.StdinPipe()
	output, _ := child.StdoutPipe()
	if err := child.Start(); err != nil {
		panic(err)
	}
	began := time.Now()
	io.Copy(input, bytes.NewReader(payload))
	input.Close()
	received := make([]byte, 1)
	io.ReadFull(output, received)
	copyMs = time.Since(began).Seconds() * 1e3
	answer, _ := io.ReadAll(output)
	child.Wait()
	count, err = strconv.ParseUint(strings.TrimSpace(string(answer)), 10, 64)
	if err != nil {
		panic(err)
	}
	return count, copyMs
}

// child is what the other process does.
func child(increments uint64) {
	io.ReadAll(os.Stdin)
	os.Stdout.Write([]byte{'.'})
	var counter atomic.Uint64
	for range increments {
		counter.Add(1)
	}
	fmt.Println(counter.Load())
}

// together returns what one counter has come to that all workers have added to.
func together(workers int, increments uint64, add func(*atomic.Uint64)) uint64 {
	var counter atomic.Uint64
	var group sync.WaitGroup
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			for range increments {
				add(&counter)
			}
		}()
	}
	group.Wait()
	return counter.Load()
}

func main() {
	workers := flag.Int("workers", 4, "how many workers count")
	update := flag.String("update", "read then write", "\"atomic\", or \"read then write\"")
	increments := flag.Uint64("increments", 3_000_000, "how many times each adds 1")
	payloadMiB := flag.Int("payloadMiB", 8, "how much is handed over by copy, and by sharing")
	isChild := flag.Bool("child", false, "count as another process's child")
	flag.Parse()
	if *isChild {
		child(*increments)
		return
	}
	payload := make([]byte, *payloadMiB<<20)

	isolated, copyMs := make([]uint64, *workers), make([]float64, *workers)
	var group sync.WaitGroup
	for n := range *workers {
		group.Add(1)
		go func() {
			defer group.Done()
			own := payload
			if n > 0 {
				own = nil
			}
			isolated[n], copyMs[n] = process(*increments, own)
		}()
	}
	group.Wait()

	payloads, lengths := make(chan []byte), make(chan int)
	go func() { lengths <- len(<-payloads) }()
	began := time.Now()
	payloads <- payload
	<-lengths
	shareMs := time.Since(began).Seconds() * 1e3

	whole := together(*workers, *increments, func(counter *atomic.Uint64) { counter.Add(1) })
	shared := whole
	if *update != "atomic" {
		shared = together(*workers, *increments, func(counter *atomic.Uint64) {
			counter.Store(counter.Load() + 1)
		})
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer": map[string]any{"isolated": isolated, "sharedAtomic": whole},
		"observed": map[string]any{
			"shared": shared, "lost": uint64(*workers)**increments - shared,
			"copyMs": copyMs[0], "shareMs": shareMs,
		},
	})
}
