package page

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lotigraph/record"
)

// Whatever is around a record, no two dots touch, none is cut off, and the picture
// is the same every time.
func TestColumns(t *testing.T) {
	for seed := range uint64(60) {
		draw := func() []*knot {
			chance := rand.New(rand.NewPCG(seed, 1))
			middle := &knot{id: "borough:middle"}
			all := []*knot{middle}
			for i := range chance.IntN(60) {
				parent := all[chance.IntN(len(all))]
				if parent.hop == maxDepth {
					parent = middle
				}
				k := &knot{id: record.NewID(record.ProjectKind, fmt.Sprint("p", i)), hop: parent.hop + 1, order: fmt.Sprint(chance.IntN(5))}
				parent.children = append(parent.children, k)
				all = append(all, k)
			}
			dots, width, height := columns(middle)
			if len(dots) != len(all) {
				t.Fatalf("seed %d: %d of %d records drawn", seed, len(dots), len(all))
			}
			for i, a := range dots {
				if a.x < dotRadius || a.x > width-dotRadius || a.y < dotRadius || a.y > height-dotRadius {
					t.Fatalf("seed %d: %s at %d,%d is outside %dx%d", seed, a.id, a.x, a.y, width, height)
				}
				for _, b := range dots[:i] {
					if dx, dy := a.x-b.x, a.y-b.y; dx*dx+dy*dy < 4*dotRadius*dotRadius {
						t.Fatalf("seed %d: %s and %s touch", seed, a.id, b.id)
					}
				}
			}
			return dots
		}
		one, other := draw(), draw()
		for i := range one {
			if one[i].id != other[i].id || one[i].x != other[i].x || one[i].y != other[i].y {
				t.Fatalf("seed %d: the picture changed", seed)
			}
		}
	}
}
