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
	for _, part := range parts {
		if len(part) < 2 {
			continue
		}
		sources := g.sources(part, steps)
		total, err := g.tally(ctx, sources)
		if err != nil {
			return s, err
		}
		s.judge(part, len(sources), total)
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

// tally searches from all the sources.
func (g *sparse) tally(ctx context.Context, sources []int32) (*tally, error) {
	var tallies [shares]*tally
	next := make(chan int, shares)
	for i := range shares {
		next <- i
	}
	close(next)
	var working sync.WaitGroup
	for range min(shares, runtime.GOMAXPROCS(0)) {
		working.Go(func() {
			search := newSearch(g)
			for i := range next {
				tallies[i] = newTally(g.size())
				for k := i; k < len(sources) && ctx.Err() == nil; k += shares {
					search.from(sources[k], tallies[i])
				}
			}
		})
	}
	working.Wait()
	total := tallies[0]
	for _, other := range tallies[1:] {
		for _, add := range []struct{ to, from []float64 }{
			{total.through, other.through}, {total.through2, other.through2}, {total.far, other.far}, {total.far2, other.far2},
		} {
			for v, x := range add.from {
				add.to[v] += x
			}
		}
	}
	return total, ctx.Err()
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

// search is what one breadth-first search needs, used again and again.
type search struct {
	g          *sparse
	queue      []int32   // the nodes in the order in which they are met
	distance   []int32   // -1 where a node is not met yet
	paths      []float64 // how many shortest paths lead to the node
	dependency []float64 // how much the source depends on the node
}

func newSearch(g *sparse) *search {
	s := &search{g, make([]int32, 0, g.size()), make([]int32, g.size()), make([]float64, g.size()), make([]float64, g.size())}
	for v := range s.distance {
		s.distance[v] = -1
	}
	return s
}

// from searches from a source and adds up what it finds.
func (s *search) from(source int32, t *tally) {
	s.queue = append(s.queue[:0], source)
	s.distance[source], s.paths[source] = 0, 1
	for at := 0; at < len(s.queue); at++ {
		v := s.queue[at]
		neighbours, _ := s.g.row(v)
		for _, u := range neighbours {
			if s.distance[u] < 0 {
				s.distance[u] = s.distance[v] + 1
				s.queue = append(s.queue, u)
			}
			if s.distance[u] == s.distance[v]+1 {
				s.paths[u] += s.paths[v]
			}
		}
	}
	for at := len(s.queue) - 1; at > 0; at-- { // the furthest first, the source not at all
		u := s.queue[at]
		share := (1 + s.dependency[u]) / s.paths[u]
		neighbours, _ := s.g.row(u)
		for _, v := range neighbours {
			if s.distance[v] == s.distance[u]-1 {
				s.dependency[v] += s.paths[v] * share
			}
		}
		d := float64(s.distance[u])
		t.far[u] += d
		t.far2[u] += d * d
		t.through[u] += s.dependency[u]
		t.through2[u] += s.dependency[u] * s.dependency[u]
	}
	for _, v := range s.queue {
		s.distance[v], s.paths[v], s.dependency[v] = -1, 0, 0
	}
}
