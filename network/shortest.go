package network

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Betweenness and closeness ask for the shortest paths from every node, which
// takes nodes × edges steps. A connected part of up to exactSteps is measured
// whole. In a larger one, as many sources as exactSteps pays for, but at least
// fewestSources, are drawn at random with a fixed seed, and every node is
// estimated from them.
const (
	exactSteps    = 100_000_000
	fewestSources = 100
	sampleSeed    = 20190715
)

// shortest is what shortest paths say of each node.
type shortest struct {
	betweenness, closeness []float64
	sampling               *Sampling
}

// tally is what some sources have added up for every node.
type tally struct {
	through, through2 []float64 // dependency on the node, and its square
	far, far2         []float64 // distance to the node, and its square
}

func newTally(n int) *tally {
	return &tally{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
}

// shares is in how many parts the sources of a component are worked on. It is
// fixed, so that sums do not depend on how many processors there are.
const shares = 8

// shortestPaths measures betweenness (Brandes 2001) and closeness (Wasserman and
// Faust 1994) by breadth-first search.
func (g *sparse) shortestPaths(ctx context.Context, parts [][]int32, steps int) (shortest, error) {
	n := g.size()
	s := shortest{betweenness: make([]float64, n), closeness: make([]float64, n)}
	c := newCounting(g)
	for _, part := range parts {
		if len(part) < 2 {
			continue
		}
		sources := g.sources(part, steps)
		if err := c.count(ctx, part, sources); err != nil {
			return s, err
		}
		s.judge(part, len(sources), c.tallies[0])
	}
	return s, nil
}

// sources are the nodes of a component to search from: all, or a sample.
func (g *sparse) sources(part []int32, steps int) []int32 {
	edges := 0
	for _, v := range part {
		edges += g.degree(int(v))
	}
	edges /= 2
	wanted := max(steps/edges, fewestSources)
	if wanted >= len(part) {
		return part
	}
	list := slices.Sorted(slices.Values(part))
	rng := rand.New(rand.NewPCG(sampleSeed, uint64(len(part))))
	for i := range wanted {
		j := i + rng.IntN(len(list)-i)
		list[i], list[j] = list[j], list[i]
	}
	return list[:wanted]
}

// counting is what adds up over the sources of one component after the other. A
// node is in one component alone, so nothing needs to be cleared between them.
type counting struct {
	tallies  [shares]*tally
	searches []*search
}

func newCounting(g *sparse) *counting {
	c := &counting{}
	for i := range c.tallies {
		c.tallies[i] = newTally(g.size())
	}
	for range min(shares, runtime.GOMAXPROCS(0)) {
		c.searches = append(c.searches, newSearch(g))
	}
	return c
}

// count searches from all the sources in a component; the first tally has the sums
// for its nodes then.
func (c *counting) count(ctx context.Context, part, sources []int32) error {
	next := make(chan int, shares)
	for i := range shares {
		next <- i
	}
	close(next)
	var working sync.WaitGroup
	for _, search := range c.searches {
		working.Go(func() {
			search.enter(part)
			for i := range next {
				for k := i; k < len(sources) && ctx.Err() == nil; k += shares {
					search.from(sources[k], c.tallies[i])
				}
			}
		})
	}
	working.Wait()
	total := c.tallies[0]
	for _, other := range c.tallies[1:] {
		for _, v := range part {
			total.through[v] += other.through[v]
			total.through2[v] += other.through2[v]
			total.far[v] += other.far[v]
			total.far2[v] += other.far2[v]
		}
	}
	return ctx.Err()
}

// confidence is how many standard errors an estimate may be off: 95 % of them are
// not further.
const confidence = 1.96

// judge turns what the sources of a component have added up into its measures.
func (s *shortest) judge(part []int32, sources int, total *tally) {
	n, size, k := float64(len(s.betweenness)), float64(len(part)), float64(sources)
	pairs := (n - 1) * (n - 2) // each counted from both ends, as the sources do
	sampled := sources < len(part)
	if sampled && s.sampling == nil {
		s.sampling = &Sampling{}
	}
	halfWidth := func(sum, squares float64) float64 { // of the sum over all nodes, from that over the sample
		variance := max(0, squares-sum*sum/k) / (k - 1)
		return confidence * size * math.Sqrt(variance/k*(1-k/size))
	}
	for _, v := range part {
		far := total.far[v] * size / k
		s.closeness[v] = (size - 1) / far * (size - 1) / (n - 1)
		if pairs > 0 {
			s.betweenness[v] = total.through[v] * size / k / pairs
		}
		if sampled {
			s.sampling.ClosenessError = max(s.sampling.ClosenessError, s.closeness[v]*halfWidth(total.far[v], total.far2[v])/far)
			s.sampling.BetweennessError = max(s.sampling.BetweennessError, halfWidth(total.through[v], total.through2[v])/pairs)
		}
	}
	if sampled {
		s.sampling.Sources += sources
	}
}
