package record_test

import (
	"math/rand/v2"
	"testing"

	"lotigraph/record"
)

// plainDistance is the definition, read from the ends of the words.
func plainDistance(x, y []rune) int {
	m, n := len(x), len(y)
	if m == 0 || n == 0 {
		return m + n
	}
	changed := plainDistance(x[:m-1], y[:n-1])
	if x[m-1] != y[n-1] {
		changed++
	}
	best := min(plainDistance(x[:m-1], y)+1, plainDistance(x, y[:n-1])+1, changed)
	if m > 1 && n > 1 && x[m-1] == y[n-2] && x[m-2] == y[n-1] {
		best = min(best, plainDistance(x[:m-2], y[:n-2])+1)
	}
	return best
}

// TestDistance holds the distance against its definition, on short words of few
// letters, within every limit.
func TestDistance(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		letters := []rune("abé")
		var w []rune
		for range chance.IntN(7) {
			w = append(w, letters[chance.IntN(len(letters))])
		}
		return string(w)
	}
	for range 3000 {
		a, b := word(), word()
		real := plainDistance([]rune(a), []rune(b))
		for limit := range 8 {
			if got, want := record.Distance(a, b, limit), min(real, limit+1); got != want {
				t.Fatalf("%q and %q within %d: %d, not %d", a, b, limit, got, want)
			}
		}
	}
}
