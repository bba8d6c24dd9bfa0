package page

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/walk"
)

// Paths is how two records are linked.
type Paths struct {
	From, To    string // as they were typed
	Through     []Option
	Damped      bool
	Overlapping bool
	Detours     bool     // whether ways that take a detour count too
	Avoided     []Choice // what the paths keep away from, each with the way out of it
	Kept        []Pair   // what the form carries along
	Asked       bool
	Paths       []Path
	Says        string // how many there are
	Note        string // how they were found, and what stopped the search
	Years       []Option
	Exports     []Place
	Faults
}

// Path is one way from the first record to the second.
type Path struct {
	Title   string // "1. Two steps"
	Picture Picture
	Hops    []PathHop
	Avoid   []Choice // the records between, each with the same question without it
}

// PathHop is a step of a path with what says so.
type PathHop struct {
	Sentence string
	Proof    *Proof
	More     int // sentences beside the one shown
	Report   string
}

// shownPaths is how many paths a page shows.
const shownPaths = 5

// longestPath is how many steps a path has at the most: the API's usual bound.
const longestPath = 6

// Paths is what an address asks for: from and to, names or ids; through, kinds of
// record; avoid, ids; damped, which is true unless it is false; overlapping; detours.
func (r Reader) Paths(ctx context.Context, q url.Values) (p Paths, err error) {
	at := address{r, "/explore/paths", clean(q)}
	p = Paths{From: q.Get("from"), To: q.Get("to"), Damped: q.Get("damped") != "false", Overlapping: q.Get("overlapping") == "true", Detours: q.Get("detours") == "true",
		Kept: at.kept("from", "to", "through", "damped", "overlapping", "detours")}
	through, err := kindsNamed(at.q["through"])
	if err != nil {
		return p, err
	}
	for _, k := range record.Kinds() {
		p.Through = append(p.Through, Option{Label: index.KindLabel(k), Value: k.String(), Chosen: slices.Contains(through, k)})
	}
	if p.Years, err = r.years(ctx, at); err != nil {
		return p, err
	}
	if strings.TrimSpace(p.From) == "" && strings.TrimSpace(p.To) == "" {
		return p, nil
	}
	query := walk.PathQuery{From: p.record(ctx, r, "from", p.From), To: p.record(ctx, r, "to", p.To), First: shownPaths, MaxLength: longestPath,
		Through: through, Damped: p.Damped, Overlapping: p.Overlapping, Direct: !p.Detours}
	for _, id := range at.q["avoid"] {
		query.Avoid = append(query.Avoid, record.ID(id))
		place, err := r.PlaceOf(ctx, record.ID(id))
		if err != nil {
			return p, record.Under("avoid", err)
		}
		p.Avoided = append(p.Avoided, Choice{"Not by way of " + place.Name, at.toggle("avoid", id)})
	}
	if len(p.Faults) == 0 && query.From == query.To {
		p.add("to", record.Invalid("", "“%s” and “%s” are the same record; enter two", p.From, p.To))
	}
	if len(p.Faults) > 0 {
		return p, nil
	}
	found, err := walk.Between(ctx, r.View.Graph, r.Lens, query)
	if p.Refused(err) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Asked, p.Note = true, found.Note
	p.Says = Count(len(found.Paths), "way", "ways")
	if !found.Complete {
		p.Says = "At least " + p.Says
	}
	return p, p.lay(ctx, r, at, found)
}

func kindsNamed(names []string) (list []record.Kind, err error) {
	for _, name := range names {
		k, err := record.ParseKind(name)
		if err != nil {
			return nil, record.Under("through", err)
		}
		list = append(list, k)
	}
	return list, nil
}

// lay lays the paths out.
func (p *Paths) lay(ctx context.Context, r Reader, at address, found walk.Paths) error {
	ids := url.Values{}
	for i, path := range found.Paths {
		out := Path{Title: fmt.Sprintf("%d. %s", i+1, Count(len(path.Hops), "step", "steps"))}
		for j, n := range path.Nodes {
			if !slices.Contains(ids["record"], string(n.ID)) {
				ids.Add("record", string(n.ID))
			}
			if j > 0 && j < len(path.Nodes)-1 {
				out.Avoid = append(out.Avoid, Choice{n.Name, at.toggle("avoid", string(n.ID))})
			}
		}
		out.Picture = r.chain(fmt.Sprint("Way ", i+1), path)
		for _, hop := range path.Hops {
			one, err := r.pathHop(ctx, hop)
			if err != nil {
				return err
			}
			out.Hops = append(out.Hops, one)
		}
		p.Paths = append(p.Paths, out)
	}
	if len(ids) > 0 {
		p.Exports = exportsOf(func(format string) string { return r.with("/export/"+format, ids) })
	}
	return nil
}

func (r Reader) pathHop(ctx context.Context, hop walk.Hop) (PathHop, error) {
	s, err := r.Statement(ctx, hop.Link)
	out := PathHop{Sentence: hop.Sentence, Report: s.Report}
	if err == nil && len(s.Proofs) > 0 {
		out.Proof, out.More = &s.Proofs[0], len(s.Proofs)-1
	}
	return out, err
}

// The measures of a path's picture.
const (
	stride    = 220 // from one record to the next
	chainTop  = 40
	chainHigh = 124
)

// chain draws a path as dots in a row.
func (r Reader) chain(title string, path walk.Path) Picture {
	p := Picture{Title: title, Width: stride * len(path.Nodes), Height: chainHigh}
	var names []string
	for i, n := range path.Nodes {
		x := stride/2 + i*stride
		dot := PictureDot{Place: r.Place(n), ID: string(n.ID), X: x, Y: chainTop, Radius: dotRadius + 2, Look: n.Kind().Slug(),
			LabelX: x, LabelY: chainTop + 36, Anchor: "middle", Does: "go to its page"}
		dot.Label = lines(n.Name, labelRunes-8, 3)
		p.Dots = append(p.Dots, dot)
		names = append(names, n.Name)
		if i == 0 {
			continue
		}
		link := path.Hops[i-1].Link
		p.Lines = append(p.Lines, PictureLine{From: string(path.Nodes[i-1].ID), To: string(n.ID), Weight: 2, Look: lookOf(link),
			Path: fmt.Sprintf("M%d %dH%d", x-stride, chainTop, x), Says: path.Hops[i-1].Sentence})
	}
	p.Says = "From " + strings.Join(names, " to ")
	return p
}
