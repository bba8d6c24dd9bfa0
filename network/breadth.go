package network

// search is what one breadth-first search in a component needs, used again and
// again.
//
// Where a layer has many edges and few nodes are left to be met, these look for
// the layer rather than the layer for them (Beamer, Asanović and Patterson 2012):
// in a dense network most edges are then never looked at.
type search struct {
	g          *sparse
	part       []int32   // the nodes of the component
	ends       int       // of all their edges
	queue      []int32   // the nodes in the order in which they are met
	layers     []int     // where each layer begins in the queue, and where the last one ends
	distance   []int32   // -1 where a node is not met yet
	paths      []float64 // how many shortest paths lead to the node
	dependency []float64 // how much the source depends on the node
}

func newSearch(g *sparse) *search {
	s := &search{g: g, queue: make([]int32, 0, g.size()), distance: make([]int32, g.size()), paths: make([]float64, g.size()), dependency: make([]float64, g.size())}
	for v := range s.distance {
		s.distance[v] = -1
	}
	return s
}

// enter makes ready for sources in a component.
func (s *search) enter(part []int32) {
	s.part, s.ends = part, 0
	for _, v := range part {
		s.ends += s.g.degree(int(v))
	}
}

// from searches from a source and adds up what it finds.
func (s *search) from(source int32, t *tally) {
	s.meet(source)
	s.depend()
	for _, u := range s.queue[1:] {
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

// meet finds how far the nodes are and how many shortest paths lead there.
func (s *search) meet(source int32) {
	s.queue, s.layers = append(s.queue[:0], source), append(s.layers[:0], 0, 1)
	s.distance[source], s.paths[source] = 0, 1
	ahead := s.ends - s.g.degree(int(source)) // ends at nodes that are not met
	for distance := int32(1); len(s.queue) < len(s.part); distance++ {
		layer := s.queue[s.layers[distance-1]:]
		here := 0
		for _, v := range layer {
			here += s.g.degree(int(v))
		}
		if here <= ahead {
			s.push(layer, distance)
		} else {
			s.pull(distance)
		}
		for _, v := range s.queue[s.layers[distance]:] {
			ahead -= s.g.degree(int(v))
		}
		s.layers = append(s.layers, len(s.queue))
	}
}

// push goes from the nodes of a layer to those of the next.
func (s *search) push(layer []int32, distance int32) {
	for _, v := range layer {
		neighbours, _ := s.g.row(v)
		for _, u := range neighbours {
			if s.distance[u] < 0 {
				s.distance[u] = distance
				s.queue = append(s.queue, u)
			}
			if s.distance[u] == distance {
				s.paths[u] += s.paths[v]
			}
		}
	}
}

// pull goes from the nodes that are not met to the layer before.
func (s *search) pull(distance int32) {
	for _, u := range s.part {
		if s.distance[u] >= 0 {
			continue
		}
		paths := 0.0
		neighbours, _ := s.g.row(u)
		for _, v := range neighbours {
			if s.distance[v] == distance-1 {
				paths += s.paths[v]
			}
		}
		if paths > 0 {
			s.distance[u], s.paths[u] = distance, paths
			s.queue = append(s.queue, u)
		}
	}
}

// depend finds how much the source depends on each node, from the furthest to
// those two hops away; what it depends on itself is not asked for.
func (s *search) depend() {
	for at := len(s.queue) - 1; at > 0; at-- {
		u := s.queue[at]
		before := s.distance[u] - 1
		if before == 0 {
			return
		}
		share := (1 + s.dependency[u]) / s.paths[u]
		neighbours, _ := s.g.row(u)
		for _, v := range neighbours {
			if s.distance[v] == before {
				s.dependency[v] += s.paths[v] * share
			}
		}
	}
}
