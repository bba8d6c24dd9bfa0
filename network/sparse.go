package network

// sparse is an undirected graph without loops as compressed rows: the
// neighbours of node v are to[start[v]:start[v+1]], in order, with the weights of
// the edges beside them. Each edge stands in the rows of both its ends.
type sparse struct {
	start  []int32
	to     []int32
	weight []float64
}

// size counts the nodes.
func (g *sparse) size() int { return len(g.start) - 1 }

// edges counts the edges.
func (g *sparse) edges() int { return len(g.to) / 2 }

func (g *sparse) degree(v int) int { return int(g.start[v+1] - g.start[v]) }

// row is the neighbours of a node and the weights that lead there.
func (g *sparse) row(v int32) ([]int32, []float64) {
	from, to := g.start[v], g.start[v+1]
	return g.to[from:to], g.weight[from:to]
}

// strengths are the sums of the weights at each node.
func (g *sparse) strengths() []float64 {
	list := make([]float64, g.size())
	for v := range list {
		_, weights := g.row(int32(v))
		for _, w := range weights {
			list[v] += w
		}
	}
	return list
}

// sparseOf makes the rows of n nodes from edges that are each given once, in the
// order of their first and then their second end.
func sparseOf(n int, edges []pair) *sparse {
	g := &sparse{start: make([]int32, n+1), to: make([]int32, 2*len(edges)), weight: make([]float64, 2*len(edges))}
	for _, e := range edges {
		g.start[e.a+1]++
		g.start[e.b+1]++
	}
	for v := range n {
		g.start[v+1] += g.start[v]
	}
	next := append([]int32{}, g.start[:n]...)
	put := func(from, to int32, w float64) {
		g.to[next[from]], g.weight[next[from]] = to, w
		next[from]++
	}
	for _, e := range edges { // a row gets the nodes before its own first, each in order
		put(e.b, e.a, e.weight)
	}
	for _, e := range edges {
		put(e.a, e.b, e.weight)
	}
	return g
}

// components numbers the connected parts in the order of their first nodes and
// lists the nodes of each.
func (g *sparse) components() (of []int32, parts [][]int32) {
	of = make([]int32, g.size())
	for v := range of {
		of[v] = -1
	}
	for v := range of {
		if of[v] >= 0 {
			continue
		}
		number := int32(len(parts))
		part := []int32{int32(v)}
		of[v] = number
		for at := 0; at < len(part); at++ {
			neighbours, _ := g.row(part[at])
			for _, u := range neighbours {
				if of[u] < 0 {
					of[u] = number
					part = append(part, u)
				}
			}
		}
		parts = append(parts, part)
	}
	return of, parts
}

// density is which part of all pairs of nodes are joined; 0 with fewer than two.
func (g *sparse) density() float64 {
	n := float64(g.size())
	if n < 2 {
		return 0
	}
	return 2 * float64(g.edges()) / (n * (n - 1))
}
