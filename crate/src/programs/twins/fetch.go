// Concurrency without parallelism: requests that are under way together.
//
// This program serves net/slow itself, where the page has a service worker for it.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// slow answers after the requested number of milliseconds, with the requested number of bytes.
func slow(writer http.ResponseWriter, request *http.Request) {
	ms, _ := strconv.Atoi(request.FormValue("ms"))
	length, _ := strconv.Atoi(request.FormValue("bytes"))
	time.Sleep(time.Duration(ms) * time.Millisecond)
	writer.Write(bytes.Repeat([]byte{'.'}, length))
}

// get returns the status of an address, 0 where there is no answer, and the length of its body.
func get(client *http.Client, address string) (status int, length int64, err error) {
	response, err := client.Get(address)
	if err != nil {
		return 0, 0, err
	}
	defer response.Body.Close()
	length, err = io.Copy(io.Discard, response.Body)
	if err != nil {
		return 0, 0, err
	}
	return response.StatusCode, length, nil
}

func main() {
	requests := flag.Int("requests", 8, "how many requests")
	latencyMs := flag.Int("latencyMs", 150, "how long each waits for its answer")
	spreadMs := flag.Int("spreadMs", 0, "by how much more some wait")
	length := flag.Int("bytes", 1000, "how long each answer is")
	list := flag.String("addresses", "", "fetched instead, with commas between")
	flag.Parse()

	mux := http.NewServeMux()
	mux.HandleFunc("/net/slow", slow)
	server := httptest.NewServer(mux)
	defer server.Close()
	site, _ := url.Parse(server.URL + "/")

	addresses := strings.FieldsFunc(*list, func(r rune) bool { return r == ',' })
	if len(addresses) == 0 {
		for r := range *requests {
			ms := *latencyMs + *spreadMs*((37*r+11)%101)/100
			addresses = append(addresses, fmt.Sprintf("net/slow?ms=%d&bytes=%d", ms, *length))
		}
	}

	statuses, perRequestMs := make([]int, len(addresses)), make([]float64, len(addresses))
	lengths := make([]int64, len(addresses))
	client := &http.Client{Timeout: 20 * time.Second}
	var group sync.WaitGroup
	for r, address := range addresses {
		group.Add(1)
		go func() {
			defer group.Done()
			began := time.Now()
			resolved, err := site.Parse(address)
			if err == nil {
				statuses[r], lengths[r], err = get(client, resolved.String())
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			perRequestMs[r] = time.Since(began).Seconds() * 1e3
		}()
	}
	group.Wait()

	var total int64
	for _, length := range lengths {
		total += length
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"bytes": total, "statuses": statuses},
		"observed": map[string]any{"perRequestMs": perRequestMs},
	})
}
