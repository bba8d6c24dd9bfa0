package server_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// A network's counts agree with its lists, whole or in part, and each edge has
// the shared projects that the matrix has for both its ends.
func TestNetwork(t *testing.T) {
	s := seeded(t)
	var got struct {
		Whole, Part struct {
			NodeCount, EdgeCount, NodesLeftOut, EdgesLeftOut int
			Density                                          float64
			Nodes                                            []struct {
				Node                  struct{ ID, Name string }
				Degree                int
				Betweenness, PageRank float64
			}
			Edges []struct {
				From, To    struct{ ID string }
				Weight      float64
				SharedCount int
				Shared      []struct{ Name string }
			}
		}
		Matrix struct {
			Rows []struct {
				Borough struct{ ID string }
				Cells   []struct{ Project struct{ Name string } }
			}
		}
	}
	a := s.answer(t, `query { whole: network(of: BOROUGH, through: PROJECT) { ...parts } part: network(of: BOROUGH, through: PROJECT, first: 3, orderBy: DEGREE) { ...parts }
			matrix { rows { borough { id } cells { project { name } } } } }
		fragment parts on Network { nodeCount edgeCount nodesLeftOut edgesLeftOut density nodes { node { id name } degree betweenness pageRank }
			edges { from { id } to { id } weight sharedCount shared { name } } }`, nil)
	if err := json.Unmarshal([]byte(fields(t, a.at(t))), &got); err != nil {
		t.Fatal(err)
	}
	in := map[[2]string]bool{}
	for _, row := range got.Matrix.Rows {
		for _, cell := range row.Cells {
			in[[2]string{row.Borough.ID, cell.Project.Name}] = true
		}
	}
	whole, ranks := got.Whole, 0.0
	for _, n := range whole.Nodes {
		ranks += n.PageRank
	}
	if len(whole.Nodes) != whole.NodeCount || len(whole.Edges) != whole.EdgeCount || whole.EdgeCount == 0 || whole.NodesLeftOut != 0 || math.Abs(ranks-1) > 1e-9 {
		t.Errorf("the whole: %d of %d nodes, %d of %d edges, ranks %v", len(whole.Nodes), whole.NodeCount, len(whole.Edges), whole.EdgeCount, ranks)
	}
	for _, e := range whole.Edges {
		if e.From.ID >= e.To.ID || e.SharedCount != len(e.Shared) || int(e.Weight) != e.SharedCount {
			t.Errorf("an edge: %+v", e)
		}
		for _, p := range e.Shared {
			if !in[[2]string{e.From.ID, p.Name}] || !in[[2]string{e.To.ID, p.Name}] {
				t.Errorf("%s and %s are said to share %s", e.From.ID, e.To.ID, p.Name)
			}
		}
	}
	part := got.Part
	if len(part.Nodes) != 3 || part.NodesLeftOut != part.NodeCount-3 || part.EdgesLeftOut != part.EdgeCount-len(part.Edges) || part.Density != whole.Density {
		t.Errorf("the part: %+v", part)
	}
	for _, bad := range []string{`network(of: BOROUGH, through: BOROUGH) { density }`, `network(of: BOROUGH, through: PROJECT, first: 101) { density }`,
		`network(of: BOROUGH, through: PROJECT, types: [MENTIONS]) { density }`, `groupBy(by: []) { count }`, `groupBy(by: [MONTH, MONTH]) { count }`} {
		if code := s.ask(t, "{ "+bad+" }", nil).code(); code != "BAD_USER_INPUT" {
			t.Errorf("%s: got %s", bad, code)
		}
	}
}

// Groups by kind add up to the search, with the same filter and words; two keys
// give flat rows that add up to those of one.
func TestGroupBy(t *testing.T) {
	s := seeded(t)
	type row struct {
		Label, SecondLabel, Value string
		Count                     int
		Node, SecondNode          *struct{ ID string }
	}
	var got struct {
		Search             struct{ TotalCount int }
		Kinds, Both, Years []row
	}
	filter := `query: "data", filter: { boroughs: ["Camden"] }`
	a := s.answer(t, `{ search(`+filter+`, first: 1) { totalCount } kinds: groupBy(by: [KIND], `+filter+`) { label value count }
		both: groupBy(by: [BOROUGH, KIND], `+filter+`) { label value node { id } secondLabel count }
		years: groupBy(by: [YEAR], measure: DISTINCT_PROJECTS) { label value count } }`, nil)
	if err := json.Unmarshal([]byte(fields(t, a.at(t))), &got); err != nil {
		t.Fatal(err)
	}
	sum, camden := 0, 0
	for _, r := range got.Kinds {
		sum += r.Count
	}
	for _, r := range got.Both {
		if r.Label == "Camden" && r.Node != nil && r.Node.ID == r.Value {
			camden += r.Count
		}
	}
	if sum != got.Search.TotalCount || camden != sum || sum == 0 {
		t.Errorf("by kind %d, of Camden by kind %d, found %d", sum, camden, got.Search.TotalCount)
	}
	if len(got.Years) < 3 || !strings.HasPrefix(got.Years[0].Label, "20") || got.Years[0].Count == 0 {
		t.Errorf("projects by year: %+v", got.Years)
	}
}
