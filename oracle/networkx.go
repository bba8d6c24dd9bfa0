package oracle

import (
	_ "embed"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
)

//go:embed questions.py
var script string

// Networkx is a running Python that answers questions about graphs. One process
// answers them all, since it takes longer to start than to answer.
type Networkx struct {
	ask       *json.Encoder
	answers   *json.Decoder
	complaint *strings.Builder
}

// Graph is a graph and what to say of it. Nodes are the numbers from 0 up to
// Size; an edge is its two ends and its weight. No two edges of an undirected
// graph join the same two nodes.
type Graph struct {
	Size     int          `json:"size"`
	Edges    [][3]float64 `json:"edges"`
	Directed bool         `json:"directed,omitempty"`

	What        []string `json:"what"`                  // fields of Opinion, as JSON calls them
	Communities [][]int  `json:"communities,omitempty"` // whose modularity is asked for
	Paths       []Paths  `json:"paths,omitempty"`
}

// Paths asks for the shortest loopless paths between two nodes.
type Paths struct {
	From     int  `json:"from"`
	To       int  `json:"to"`
	First    int  `json:"first"`              // how many
	Ties     bool `json:"ties,omitempty"`     // and those as long as the last of them
	Weighted bool `json:"weighted,omitempty"` // by the weights of edges, not by their number
}

// Opinion is what networkx says. What was not asked is empty.
type Opinion struct {
	Betweenness []float64 `json:"betweenness"` // nx.betweenness_centrality: unweighted, normalised
	Closeness   []float64 `json:"closeness"`   // nx.closeness_centrality: unweighted, by Wasserman and Faust
	PageRank    []float64 `json:"pageRank"`    // networkx's own PageRank in Python: weighted, damping 0.85
	Components  [][]int   `json:"components"`  // the nodes of each in order, by the first
	Density     float64   `json:"density"`
	Louvain     float64   `json:"louvain"`    // the modularity of nx.community.louvain_communities, weighted
	Modularity  float64   `json:"modularity"` // of Graph.Communities, weighted
	Paths       [][]Path  `json:"paths"`      // for each question, the shortest first; none where no path leads
	Error       string    `json:"error"`
}

// Path is one that networkx found.
type Path struct {
	Nodes []int   `json:"nodes"`
	Cost  float64 `json:"cost"`
}

// StartNetworkx starts a Python that ends with the test.
func StartNetworkx(t testing.TB) *Networkx {
	t.Helper()
	run := exec.CommandContext(t.Context(), Python(t, "networkx"), "-I", "-c", script)
	x := &Networkx{complaint: &strings.Builder{}}
	run.Stderr = x.complaint
	in, err := run.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var out io.Reader
	if out, err = run.StdoutPipe(); err == nil {
		err = run.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		run.Wait() // the context of the test has ended, and the process with it
	})
	x.ask, x.answers = json.NewEncoder(in), json.NewDecoder(out)
	return x
}

// Ask asks about one graph.
func (x *Networkx) Ask(t testing.TB, g Graph) (o Opinion) {
	t.Helper()
	err := x.ask.Encode(g)
	if err == nil {
		err = x.answers.Decode(&o)
	}
	if err != nil {
		t.Fatalf("networkx: %v\n%s", err, x.complaint)
	}
	if o.Error != "" {
		t.Fatalf("networkx: %s", o.Error)
	}
	return o
}
