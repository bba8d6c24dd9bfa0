package network

import (
	"context"
	"math"
)

// Of PageRank (Brin and Page 1998): how often the walker goes on along an edge
// rather than anywhere, and when the ranks have settled.
const (
	damping     = 0.85
	settled     = 1e-12 // of the sum of what a round still changed
	mostRanking = 1000  // rounds; 0.85 to their power is nothing
)

// pageRank is which part of its time a walker spends at each node who follows
// edges by their weights, and from time to time, or where no edge leads on, goes
// to any node. The ranks add up to 1.
func (g *sparse) pageRank(ctx context.Context, strengths []float64) ([]float64, error) {
	n := g.size()
	rank, next, share := make([]float64, n), make([]float64, n), make([]float64, n)
	for v := range rank {
		rank[v] = 1 / float64(n)
	}
	for range mostRanking {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		stuck := 0.0
		for v, r := range rank {
			share[v] = 0
			if strengths[v] > 0 {
				share[v] = r / strengths[v]
			} else {
				stuck += r
			}
		}
		anywhere := (1 - damping + damping*stuck) / float64(n)
		change := 0.0
		for v := range next {
			sum := 0.0
			neighbours, weights := g.row(int32(v))
			for i, u := range neighbours {
				sum += weights[i] * share[u]
			}
			next[v] = anywhere + damping*sum
			change += math.Abs(next[v] - rank[v])
		}
		rank, next = next, rank
		if change < settled {
			break
		}
	}
	return rank, nil
}
