package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"lotigraph/graph"
	"lotigraph/network"
	"lotigraph/record"
	"lotigraph/walk"
)

// maxHops is how long a path may be.
const maxHops = 6

// jobs are what is asked: people chosen evenly, so that most are little known.
func jobs(w *world, s settings) []job {
	people, projects := w.programme.Records(record.PersonKind), w.programme.Records(record.ProjectKind)
	rng := rand.New(rand.NewPCG(s.seed, 9))
	pairs := make([][2]record.ID, s.tasks)
	for i := range pairs {
		a := rng.IntN(len(people))
		b := (a + 1 + rng.IntN(len(people)-1)) % len(people)
		pairs[i] = [2]record.ID{people[a].ID, people[b].ID}
	}
	few := min(s.tasks, 5) // of what takes a while
	path := func(first int, damped bool) func(context.Context, int) (int, error) {
		return func(ctx context.Context, task int) (int, error) {
			found, err := walk.Between(ctx, w.snapshot, lens, walk.PathQuery{From: pairs[task][0], To: pairs[task][1], First: first, MaxLength: maxHops, Damped: damped})
			if err != nil || len(found.Paths) == 0 {
				return 0, err
			}
			if first > 1 {
				return len(found.Paths), nil
			}
			return len(found.Paths[0].Hops), nil
		}
	}
	only := func(ask func(context.Context, int) (int, error)) []side { return []side{{memory, ask}} }
	half := themesOf(projects, 500)
	list := []job{
		{"two hops from a person", "30 × PostgreSQL, 20 × Badger", s.tasks, w.twoHops(pairs)},
		{"what lies around a person to two hops, the best 50 with their links", "", s.tasks, only(func(ctx context.Context, task int) (int, error) {
			found, err := walk.Around(ctx, w.snapshot, lens, walk.AroundQuery{ID: pairs[task][0], Depth: 2, First: 50})
			return found.Total, err
		})},
		{"the shortest path between two people", "p99 ≤ 1 ms", s.tasks, only(path(1, false))},
		{"… only how long it is", "", few, w.hops(pairs, path(1, false))},
		{"the best path, damped", "p99 ≤ 10 ms", s.tasks, only(path(1, true))},
		{"five shortest paths", "p99 ≤ 20 ms", s.tasks, only(path(5, false))},
		{"five best paths, damped", "p99 ≤ 20 ms", s.tasks, only(path(5, true))},
		{"participations of a project, in short", "", min(s.tasks, len(projects)), only(func(ctx context.Context, task int) (n int, err error) {
			for _, err := range w.snapshot.ToldParticipations(ctx, lens, graph.ParticipationFilter{Project: string(projects[task].ID)}, "") {
				if err != nil {
					return 0, err
				}
				n++
			}
			return n, nil
		})},
		{"participations of a project, with their sentences", "", min(s.tasks, len(projects)), only(func(ctx context.Context, task int) (n int, err error) {
			for _, err := range w.snapshot.Participations(ctx, lens, graph.ParticipationFilter{Project: string(projects[task].ID)}, "") {
				if err != nil {
					return 0, err
				}
				n++
			}
			return n, nil
		})},
		{"roll call of a project", "", few, only(func(ctx context.Context, task int) (int, error) {
			rows, err := w.snapshot.RollCall(ctx, lens, graph.RollCallFilter{Project: string(projects[task].ID)})
			return len(rows), err
		})},
		{"the network of partners through projects, all measures", "≤ 2 s", 1, only(func(ctx context.Context, _ int) (int, error) {
			n, err := network.Build(ctx, network.Store{Snapshot: w.snapshot}, lens, network.Question{Of: record.PartnerKind, Through: record.ProjectKind})
			if err != nil {
				return 0, err
			}
			return len(n.Edges), nil
		})},
		{half.name, "≤ 20 ms", few, only(func(ctx context.Context, _ int) (int, error) {
			m, err := w.snapshot.Matrix(ctx, lens, graph.ParticipationFilter{Themes: half.themes})
			return len(m.Cells), err
		})},
		{"the whole matrix, its cells", "", few, only(func(ctx context.Context, _ int) (int, error) {
			m, err := w.snapshot.Matrix(ctx, lens, graph.ParticipationFilter{})
			return len(m.Cells), err
		})},
	}
	return list
}

// someThemes are themes with about so many projects together.
type someThemes struct {
	name   string // of the question
	themes []string
}

func themesOf(projects []record.Node, about int) (some someThemes) {
	of := map[string]int{}
	for _, p := range projects {
		of[p.Project.Themes[0]]++
	}
	n := 0
	for _, theme := range slices.Sorted(maps.Keys(of)) {
		if n < about {
			some.themes, n = append(some.themes, theme), n+of[theme]
		}
	}
	some.name = fmt.Sprintf("the matrix of %d projects, its cells", n)
	return some
}

// twoHops counts the records within two hops of a person.
func (w *world) twoHops(pairs [][2]record.ID) []side {
	handle := func(task int) graph.Handle {
		h, err := w.cut.Handle(pairs[task][0])
		if err != nil {
			panic(err) // the programme has the person
		}
		return h
	}
	sides := []side{{memory, func(_ context.Context, task int) (int, error) { return reachable(w.cut, handle(task)), nil }}}
	if w.badger != nil {
		sides = append(sides, side{raw, func(_ context.Context, task int) (int, error) { return w.badger.twoHops(handle(task)) }})
	}
	if w.postgres != nil {
		sides = append(sides, side{postgres, func(ctx context.Context, task int) (int, error) { return w.postgres.twoHops(ctx, handle(task)) }})
	}
	return sides
}

// reachable counts the records within two hops of one, itself left out.
func reachable(c *graph.Cut, from graph.Handle) int {
	seen := make([]bool, c.Size())
	seen[from] = true
	found := []graph.Handle{from}
	for begin := range 2 {
		layer := found[min(begin, len(found)):]
		for _, h := range layer {
			for far := range c.Ends(h) {
				if !seen[far] {
					seen[far] = true
					found = append(found, far)
				}
			}
		}
	}
	return len(found) - 1
}

func (w *world) hops(pairs [][2]record.ID, ours func(context.Context, int) (int, error)) []side {
	sides := []side{{memory, ours}}
	if w.postgres == nil {
		return sides
	}
	return append(sides, side{postgres, func(ctx context.Context, task int) (int, error) {
		a, err := w.cut.Handle(pairs[task][0])
		if err != nil {
			return 0, err
		}
		b, err := w.cut.Handle(pairs[task][1])
		if err != nil {
			return 0, err
		}
		return w.postgres.hops(ctx, a, b)
	}})
}
