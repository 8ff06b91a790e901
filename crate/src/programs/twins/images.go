// Parallelism for computing: a filter over images.
//
// This twin has one filter, "edges"; the others come of a Rust crate.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

// image has four bytes a pixel, row by row.
type image struct {
	size   int
	pixels []byte
}

func distance(a, b int) int { return max(a-b, b-a) }

// generate returns image n, from 0.
func generate(n, size int) image {
	pixels := make([]byte, 0, 4*size*size)
	for y := range size {
		for x := range size {
			a, b := 256*x/size, 256*y/size
			da, db := distance(a, 128), distance(b, 128)
			blue := byte(208)
			if (da*da+db*db)/(1024+256*n)%2 == 1 {
				blue = 48
			}
			pixels = append(pixels, byte(a^b), byte(a*(n+2)+b*(n+5)), blue, 255)
		}
	}
	return image{size, pixels}
}

// edges filters the rows from one up to another: nine times a pixel less all around it and itself.
func edges(source, target image, from, to int) {
	last := source.size - 1
	at := func(x, y, colour int) int {
		x, y = min(max(x, 0), last), min(max(y, 0), last)
		return int(source.pixels[4*(y*source.size+x)+colour])
	}
	for y := from; y < to; y++ {
		for x := range source.size {
			for colour := range 3 {
				sum := 9 * at(x, y, colour)
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						sum -= at(x+dx, y+dy, colour)
					}
				}
				target.pixels[4*(y*source.size+x)+colour] = byte(min(max(sum, 0), 255))
			}
			target.pixels[4*(y*source.size+x)+3] = source.pixels[4*(y*source.size+x)+3]
		}
	}
}

func checksum(bytes []byte) (sum uint32) {
	for place, b := range bytes {
		sum += uint32(place+1) * uint32(b)
	}
	return sum
}

func main() {
	images := flag.Int("images", max(4, min(runtime.NumCPU(), 12)), "how many images")
	filter := flag.String("filter", "edges", "what is done to each image: only edges, here")
	size := flag.Int("size", 512, "how wide and how high each image is")
	flag.Int("radius", 16, "has no effect on this filter")
	tiles := flag.Int("tiles", 1, "into how many tiles each image is divided")
	flag.Parse()
	if *filter != "edges" {
		fmt.Fprintf(os.Stderr, "The twin in Go has the filter \"edges\", not %q.\n", *filter)
		os.Exit(2)
	}

	filtered, ms := make([]image, *images), make([]float64, *images)
	var group sync.WaitGroup
	for n := range *images {
		source := generate(n, *size)
		filtered[n] = image{*size, make([]byte, len(source.pixels))}
		began := time.Now()
		var mutex sync.Mutex
		for k := range *tiles {
			group.Add(1)
			go func() {
				defer group.Done()
				edges(source, filtered[n], k**size / *tiles, (k+1)**size / *tiles)
				mutex.Lock()
				defer mutex.Unlock()
				ms[n] = max(ms[n], time.Since(began).Seconds()*1e3)
			}()
		}
	}
	group.Wait()

	checksums := make([]uint32, *images)
	for n := range filtered {
		checksums[n] = checksum(filtered[n].pixels)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"checksums": checksums},
		"observed": map[string]any{"perImageMs": ms},
	})
}
