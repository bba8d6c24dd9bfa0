package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"lotigraph/network"
	"lotigraph/record"
)

// netAnswer is a network as GraphQL gives it.
type netAnswer struct {
	NodeCount    int     `json:"nodeCount"`
	EdgeCount    int     `json:"edgeCount"`
	NodesLeftOut int     `json:"nodesLeftOut"`
	EdgesLeftOut int     `json:"edgesLeftOut"`
	Density      float64 `json:"density"`
	Components   int     `json:"components"`
	Communities  int     `json:"communities"`
	Modularity   float64 `json:"modularity"`
	Sampling     *struct {
		Sources          int     `json:"sources"`
		BetweennessError float64 `json:"betweennessError"`
		ClosenessError   float64 `json:"closenessError"`
	} `json:"sampling"`
	Nodes []struct {
		Node           answerNode `json:"node"`
		Degree         int        `json:"degree"`
		WeightedDegree float64    `json:"weightedDegree"`
		Betweenness    float64    `json:"betweenness"`
		Closeness      float64    `json:"closeness"`
		PageRank       float64    `json:"pageRank"`
		Community      int        `json:"community"`
		Component      int        `json:"component"`
	} `json:"nodes"`
	Edges []struct {
		From        answerNode   `json:"from"`
		To          answerNode   `json:"to"`
		Weight      float64      `json:"weight"`
		SharedCount int          `json:"sharedCount"`
		Shared      []answerNode `json:"shared"`
	} `json:"edges"`
	DataVersion string `json:"dataVersion,omitempty"`
}

const networkQuery = `query Network($of: Kind!, $through: Kind!, $types: [LinkType!], $from: PartialDate, $to: PartialDate,
    $weight: NetworkWeight!, $orderBy: NetworkMeasure!, $first: Int, $lens: Lens) {
  dataset { dataVersion }
  network(of: $of, through: $through, types: $types, from: $from, to: $to, weight: $weight, orderBy: $orderBy, first: $first, lens: $lens) {
    nodeCount edgeCount nodesLeftOut edgesLeftOut density components communities modularity
    sampling { sources betweennessError closenessError }
    nodes { node { id kind name } degree weightedDegree betweenness closeness pageRank community component }
    edges { from { id kind name } to { id kind name } weight sharedCount shared { id kind name } }
  }
}`

// network shows records of one kind as joined by those of another.
func (p *program) network(ctx context.Context, args []string) error {
	f := p.flags("network", "--of KIND --through KIND", `Shows records of one kind as a network, joined where they share records of another, such as partners through projects:
who bridges, who is near to everybody, who belongs together. The GraphQL schema defines each measure.`)
	data, server, asJSON := f.data("data"), f.server(), f.json()
	of := f.String("of", "partner", "the `KIND` of the nodes")
	through := f.String("through", "project", "the `KIND` of the records that they share")
	types := f.String("types", "", "only links of these `TYPES`, parted by commas")
	from := f.String("from", "", "only links that held on this `DATE` or later")
	to := f.String("to", "", "only links that held on this `DATE` or earlier")
	weight := f.String("weight", "shared", "shared: a shared record counts 1; newman: 1/(n-1) where n share it")
	by := f.String("by", "betweenness", "the measure to sort by: degree, weighted_degree, betweenness, closeness or page_rank")
	first := f.Int("first", 20, "how many to show, 1 to 100; 0 for all, up to 500")
	look := f.lens()
	rest, err := f.parse(args)
	if err == nil && len(rest) > 0 {
		err = misuse{"network", fmt.Sprintf("network takes no arguments, and got %q", rest[0])}
	}
	if err != nil {
		return err
	}
	measure, err := network.ParseMeasure(strings.ToUpper(*by))
	if err != nil {
		return misuse{"network", "network: " + err.Error()}
	}
	lens, err := look.variable()
	if err != nil {
		return err
	}
	variables := map[string]any{"weight": strings.ToUpper(*weight), "orderBy": measure, "lens": lens}
	for flag, text := range map[string]string{"of": *of, "through": *through} {
		kind, err := record.ParseKind(text)
		if err != nil {
			return misuse{"network", "network: --" + flag + ": " + err.Error()}
		}
		variables[flag] = kind
	}
	for flag, text := range map[string]string{"from": *from, "to": *to} {
		if text != "" {
			variables[flag] = text
		}
	}
	if list := strings.FieldsFunc(strings.ToUpper(*types), func(r rune) bool { return r == ',' || r == ' ' }); len(list) > 0 {
		variables["types"] = list
	}
	if *first != 0 {
		variables["first"] = *first
	}
	return p.in(ctx, *data, *server, func(s *session) error {
		var got struct {
			Dataset struct{ DataVersion string }
			Network netAnswer
		}
		if err := s.ask(ctx, networkQuery, variables, &got); err != nil {
			return err
		}
		got.Network.DataVersion = got.Dataset.DataVersion
		if *asJSON {
			return p.printJSON(got.Network)
		}
		return p.sayNetwork(got.Network)
	})
}

func (p *program) sayNetwork(n netAnswer) error {
	fmt.Fprintf(p.stdout, "%d records, %d pairs share something (density %.3f), in %d connected parts and %d communities (modularity %.2f); data version %s\n\n",
		n.NodeCount, n.EdgeCount, n.Density, n.Components, n.Communities, n.Modularity, n.DataVersion)
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "name\tdegree\tweight\tbetweenness\tcloseness\tPageRank\tcommunity")
	for _, v := range n.Nodes {
		fmt.Fprintf(w, "%s\t%d\t%.4g\t%.4f\t%.4f\t%.4f\t%d\n", v.Node.Name, v.Degree, v.WeightedDegree, v.Betweenness, v.Closeness, v.PageRank, v.Community)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if n.NodesLeftOut > 0 {
		fmt.Fprintf(p.stdout, "and %d more; --first 0 shows up to 500\n", n.NodesLeftOut)
	}
	if s := n.Sampling; s != nil {
		fmt.Fprintf(p.stdout, "Betweenness and closeness are estimated from %d nodes, give or take %.4f and %.4f.\n", s.Sources, s.BetweennessError, s.ClosenessError)
	}
	if len(n.Edges) > 0 {
		fmt.Fprintln(p.stdout, "\nWho shares most:")
	}
	const most = 10
	for _, e := range n.Edges[:min(most, len(n.Edges))] {
		names := make([]string, 0, 5)
		for _, s := range e.Shared[:min(cap(names), len(e.Shared))] {
			names = append(names, s.Name)
		}
		if more := e.SharedCount - len(names); more > 0 {
			names = append(names, fmt.Sprintf("%d more", more))
		}
		fmt.Fprintf(p.stdout, "  %s and %s: %s\n", e.From.Name, e.To.Name, strings.Join(names, "; "))
	}
	return nil
}
