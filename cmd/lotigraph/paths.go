package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lotigraph/record"
)

// linked is how two records are linked, as GraphQL gives it.
type linked struct {
	Paths       []linkedPath `json:"paths"`
	Complete    bool         `json:"complete"`
	Note        *string      `json:"note"`
	DataVersion string       `json:"dataVersion,omitempty"`
}

type linkedPath struct {
	Length int          `json:"length"`
	Cost   float64      `json:"cost"`
	Nodes  []answerNode `json:"nodes"`
	Hops   []struct {
		Sentence string     `json:"sentence"`
		Link     answerLink `json:"link"`
	} `json:"hops"`
}

const pathsQuery = `query Paths($from: ID!, $to: ID!, $first: Int!, $maxLength: Int!, $through: [Kind!], $avoid: [ID!], $overlapping: Boolean!, $damped: Boolean!, $direct: Boolean!, $lens: Lens) {
  dataset { dataVersion }
  paths(from: $from, to: $to, first: $first, maxLength: $maxLength, through: $through, avoid: $avoid, overlapping: $overlapping, damped: $damped, direct: $direct, lens: $lens) {
    complete note
    paths { length cost nodes { id kind name } hops { sentence link {
      id type from { id kind name } to { id kind name } role since until status evidence { quote date weeknote { id name } } } } }
  }
}`

// paths says how two records are linked.
func (p *program) paths(ctx context.Context, args []string) (err error) {
	f := p.flags("paths", "FROM TO", `Says how two records are linked: the best paths between them, each step as a sentence with its source. FROM and TO are
names, aliases or ids. Records that nearly everybody is linked with cost more to pass through; --undamped counts steps only.`)
	data, server, asJSON := f.data("data"), f.server(), f.json()
	first := f.Int("first", 3, "how many paths, from 1 to 100")
	most := f.Int("max-length", 6, "how many steps a path may have, from 1 to 12")
	through := f.String("through", "", "pass through these kinds only, like project,partner")
	avoid := f.String("avoid", "", "pass through none of these records: names or ids, with a semicolon between")
	overlapping := f.Bool("overlapping", false, "only paths whose links may all have held on one day")
	undamped := f.Bool("undamped", false, "count steps only, however well-connected the records between")
	direct := f.Bool("direct", false, "only paths without a detour: none goes by way of others to a record that it could have gone to at once")
	look := f.lens()
	ends, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(ends) != 2:
		return misuse{"paths", fmt.Sprintf("paths: give two records, not %d; put quotation marks around a name of several words", len(ends))}
	}
	lens, err := look.variable()
	if err != nil {
		return err
	}
	var kinds []record.Kind
	for _, name := range parted(*through, ",") {
		kind, err := record.ParseKind(name)
		if err != nil {
			return misuse{"paths", "paths: --through: " + err.Error()}
		}
		kinds = append(kinds, kind)
	}
	s, err := p.session(ctx, *data, *server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	var got struct {
		Dataset struct{ DataVersion string }
		Paths   linked
	}
	err = s.ask(ctx, pathsQuery, map[string]any{"from": ends[0], "to": ends[1], "first": *first, "maxLength": *most, "through": kinds,
		"avoid": parted(*avoid, ";"), "overlapping": *overlapping, "damped": !*undamped, "direct": *direct, "lens": lens}, &got)
	if err != nil {
		return err
	}
	got.Paths.DataVersion = got.Dataset.DataVersion
	if *asJSON {
		return p.printJSON(got.Paths)
	}
	p.sayPaths(got.Paths)
	return nil
}

// parted is a list as a flag gives it, without what is empty.
func parted(list, by string) (parts []string) {
	for part := range strings.SplitSeq(list, by) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func (p *program) sayPaths(l linked) {
	for _, path := range l.Paths {
		names := make([]string, len(path.Nodes))
		for i, n := range path.Nodes {
			names[i] = n.Name
		}
		fmt.Fprintln(p.stdout, strings.Join(names, " – "))
		for _, hop := range path.Hops {
			fmt.Fprintf(p.stdout, "  %s\n", hop.Sentence)
			if len(hop.Link.Evidence) > 0 && hop.Link.Type != "MENTIONS" {
				fmt.Fprintf(p.stdout, "    “%s”\n", shortened(hop.Link.Evidence[0].Quote, 300))
			}
		}
		fmt.Fprintln(p.stdout)
	}
	if l.Note != nil {
		fmt.Fprintln(p.stdout, *l.Note)
	}
}
