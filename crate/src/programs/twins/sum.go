// Channels: partial sums that arrive in any order.
//
// In the page each part also computes for some milliseconds, so that it can be seen. Here it only adds.
package main

import (
	"encoding/json"
	"flag"
	"os"
	"strconv"
	"strings"
)

// list is a flag that takes numbers with commas between them.
type list []int64

func (l *list) String() string { return "" }

func (l *list) Set(text string) error {
	*l = list{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		number, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
		if err != nil {
			return err
		}
		*l = append(*l, number)
	}
	return nil
}

type partial struct {
	part int
	sum  int64
}

func main() {
	numbers := list{7, 2, 8, -9, 4, 0}
	flag.Var(&numbers, "numbers", "what is summed, with commas between")
	parts := flag.Int("parts", 2, "into how many parts it is split")
	length := flag.Int64("length", 1000, "how many numbers are generated when there are none")
	capacity := flag.Int("capacity", 0, "how many partial sums the channel holds")
	flag.Parse()
	if len(numbers) == 0 {
		for i := range *length {
			numbers = append(numbers, (37*i+11)%201-100)
		}
	}

	results := make(chan partial, *capacity)
	for part := range *parts {
		go func() {
			from, to := part*len(numbers) / *parts, (part+1)*len(numbers) / *parts
			var sum int64
			for _, number := range numbers[from:to] {
				sum += number
			}
			results <- partial{part, sum}
		}()
	}

	partials, arrival := make([]int64, *parts), []int{}
	var total int64
	for range *parts {
		result := <-results
		partials[result.part] = result.sum
		arrival = append(arrival, result.part)
		total += result.sum
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"partials": partials, "total": total},
		"observed": map[string]any{"arrival": arrival},
	})
}
