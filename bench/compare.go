package bench

import (
	"slices"
	"time"
)

// Timing is what one side of a comparison took, per round.
type Timing []time.Duration

// Quantile is the duration that a share q of the rounds did not exceed.
func (t Timing) Quantile(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// Compare runs two things in turn, so that both meet the same noise, and gives
// back what each round of each took.
func Compare(rounds int, ours, theirs func() error) (a, b Timing, err error) {
	for range rounds {
		for _, side := range []struct {
			run func() error
			to  *Timing
		}{{ours, &a}, {theirs, &b}} {
			begun := time.Now()
			if err := side.run(); err != nil {
				return a, b, err
			}
			*side.to = append(*side.to, time.Since(begun))
		}
	}
	return a, b, nil
}
