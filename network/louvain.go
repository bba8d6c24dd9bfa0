package network

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"sync"
)

// Louvain (Blondel and others 2008) finds another grouping by every order in
// which it looks at the nodes. It is run several times with seeds in a row, the
// fewer times the larger the graph, and the grouping with the highest modularity
// is kept, the first of equal ones.
const (
	louvainSeed  = 20190715
	louvainSteps = 4_000_000 // edges looked at, about
	mostRuns     = 200
	leastGain    = 1e-9 // of modularity; less is rounding
)

// communities groups the nodes so that edges run within groups rather than
// between them. Groups are numbered from 1, the largest first and those of equal
// size by their first nodes. Modularity says how much more weight lies within
// them than would by chance; it is 0 without edges.
func (g *sparse) communities(ctx context.Context) (of []int, count int, modularity float64, err error) {
	strengths := g.strengths()
	var best []int32
	runs := max(1, min(mostRuns, louvainSteps/(10*max(1, g.edges()))))
	for begin := 0; begin < runs; begin += atOnce {
		several := make([]grouping, min(atOnce, runs-begin))
		var all sync.WaitGroup
		for i := range several {
			all.Go(func() { several[i] = g.grouped(ctx, uint64(begin+i), strengths) })
		}
		all.Wait()
		for _, one := range several { // in the order of their seeds, whichever was first
			if one.err != nil {
				return nil, 0, 0, one.err
			}
			if best == nil || one.modularity > modularity+leastGain {
				best, modularity = one.groups, one.modularity
			}
		}
	}
	of, count = numbered(best)
	return of, count, modularity, nil
}

// atOnce is how many runs go side by side, on as many processors as there are.
const atOnce = 8

// grouping is what a run found.
type grouping struct {
	groups     []int32
	modularity float64
	err        error
}

func (g *sparse) grouped(ctx context.Context, seed uint64, strengths []float64) (one grouping) {
	if one.groups, one.err = g.louvain(ctx, rand.New(rand.NewPCG(louvainSeed, seed))); one.err == nil {
		one.modularity = g.modularity(one.groups, strengths)
	}
	return one
}

// numbered gives groups their numbers for people.
func numbered(groups []int32) (of []int, count int) {
	size, first := map[int32]int{}, map[int32]int{}
	var list []int32
	for v, group := range groups {
		if size[group] == 0 {
			list = append(list, group)
			first[group] = v
		}
		size[group]++
	}
	slices.SortFunc(list, func(a, b int32) int { return cmp.Or(size[b]-size[a], first[a]-first[b]) })
	number := map[int32]int{}
	for i, group := range list {
		number[group] = i + 1
	}
	of = make([]int, len(groups))
	for v, group := range groups {
		of[v] = number[group]
	}
	return of, len(list)
}

// modularity of a grouping (Newman 2004), with resolution 1.
func (g *sparse) modularity(groups []int32, strengths []float64) float64 {
	all, within := 0.0, 0.0
	sums := make([]float64, g.size())
	for v, group := range groups {
		all += strengths[v]
		sums[group] += strengths[v]
		neighbours, weights := g.row(int32(v))
		for i, u := range neighbours {
			if groups[u] == group {
				within += weights[i]
			}
		}
	}
	if all == 0 {
		return 0
	}
	expected := 0.0
	for _, sum := range sums {
		expected += sum / all * sum / all
	}
	return within/all - expected
}

// level is a graph whose nodes are groups of the one below it.
type level struct {
	*sparse
	loops []float64 // twice the weight within each node
}

// louvain is one run: nodes move to the neighbouring group that gains most, until
// none gains; then groups become nodes, and so on until nothing moves. It returns
// each node's group, a number below the count of nodes.
func (g *sparse) louvain(ctx context.Context, rng *rand.Rand) ([]int32, error) {
	of := make([]int32, g.size())
	for v := range of {
		of[v] = int32(v)
	}
	at := level{g, make([]float64, g.size())}
	for {
		groups, moved, err := at.move(ctx, rng)
		if err != nil || !moved {
			return of, err
		}
		var count int
		groups, count = dense(groups)
		for v := range of {
			of[v] = groups[of[v]]
		}
		at = at.merged(groups, count)
	}
}

// dense numbers groups from 0 in the order in which they appear.
func dense(groups []int32) ([]int32, int) {
	number := make([]int32, len(groups))
	for i := range number {
		number[i] = -1
	}
	list, count := make([]int32, len(groups)), int32(0)
	for v, group := range groups {
		if number[group] < 0 {
			number[group] = count
			count++
		}
		list[v] = number[group]
	}
	return list, int(count)
}

// move lets the nodes move until none gains.
func (l level) move(ctx context.Context, rng *rand.Rand) (groups []int32, moved bool, err error) {
	n := l.size()
	strengths, all := l.strengths(), 0.0
	groups = make([]int32, n)
	sums := make([]float64, n) // of strengths, by group
	for v := range groups {
		groups[v] = int32(v)
		strengths[v] += l.loops[v]
		sums[v] = strengths[v]
		all += strengths[v]
	}
	if all == 0 {
		return groups, false, nil
	}
	order := rng.Perm(n)
	towards := make([]float64, n) // weight from the node at hand, by group
	var near []int32              // the groups that it has any to
	for gained := true; gained; {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		gained = false
		for _, v := range order {
			own := groups[v]
			near = append(near[:0], own)
			neighbours, weights := l.row(int32(v))
			for i, u := range neighbours {
				group := groups[u]
				if towards[group] == 0 && group != own {
					near = append(near, group)
				}
				towards[group] += weights[i]
			}
			sums[own] -= strengths[v]
			best, most := own, towards[own]-sums[own]*strengths[v]/all
			for _, group := range near[1:] {
				if gain := towards[group] - sums[group]*strengths[v]/all; gain > most+leastGain*all {
					best, most = group, gain
				}
			}
			sums[best] += strengths[v]
			for _, group := range near {
				towards[group] = 0
			}
			if best != own {
				groups[v], gained, moved = best, true, true
			}
		}
	}
	return groups, moved, nil
}

// merged is the graph whose nodes are the groups.
func (l level) merged(groups []int32, count int) level {
	members := make([][]int32, count)
	for v, group := range groups {
		members[group] = append(members[group], int32(v))
	}
	next := level{&sparse{start: make([]int32, 1, count+1)}, make([]float64, count)}
	towards := make([]float64, count)
	for group, list := range members {
		var near []int32
		for _, v := range list {
			next.loops[group] += l.loops[v]
			neighbours, weights := l.row(v)
			for i, u := range neighbours {
				other := groups[u]
				if int(other) == group {
					next.loops[group] += weights[i]
					continue
				}
				if towards[other] == 0 {
					near = append(near, other)
				}
				towards[other] += weights[i]
			}
		}
		slices.Sort(near)
		for _, other := range near {
			next.to, next.weight = append(next.to, other), append(next.weight, towards[other])
			towards[other] = 0
		}
		next.start = append(next.start, int32(len(next.to)))
	}
	return next
}
