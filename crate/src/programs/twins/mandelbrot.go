// Fork and join: the Mandelbrot set, row by row.
//
// Go has no parallel iterators: one worker for each processor takes the next row that nobody has
// taken, which is what rayon's stealing comes to.
package main

import (
	"encoding/json"
	"flag"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

// steps returns how many steps the point takes to flee, limit at most. Converting each product
// keeps Go from fusing it with a sum, which would round differently.
func steps(x, y float64, limit uint32) uint32 {
	u, v := 0.0, 0.0
	for taken := range limit {
		uu, vv := float64(u*u), float64(v*v)
		if uu+vv > 4 {
			return taken
		}
		v = float64(float64(2*u)*v) + y
		u = uu - vv + x
	}
	return limit
}

func main() {
	width := flag.Int("width", 640, "points in a row")
	height := flag.Int("height", 400, "rows")
	iterations := flag.Uint("iterations", 750, "steps after which a point is taken to stay")
	flag.Parse()

	scale := 1.75 / float64(*width)
	sums, workerOfRow := make([]uint32, *height), make([]int, *height)
	var next atomic.Int64
	var group sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		group.Add(1)
		go func() {
			defer group.Done()
			for {
				row := int(next.Add(1)) - 1
				if row >= *height {
					return
				}
				y := float64((float64(2*row+1) - float64(*height)) * scale)
				for column := range *width {
					x := float64((float64(2*column+1)-float64(*width))*scale) - 0.75
					place := uint32(*width*row + column + 1)
					sums[row] += place * steps(x, y, uint32(*iterations))
				}
				workerOfRow[row] = worker
			}
		}()
	}
	group.Wait()

	var checksum uint32
	for _, sum := range sums {
		checksum += sum
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"answer":   map[string]any{"checksum": checksum},
		"observed": map[string]any{"processorOfRow": workerOfRow},
	})
}
