package export

import (
	"cmp"
	"iter"
	"slices"

	"lotigraph/graph"
	"lotigraph/record"
)

// nodes yields the exported records and counts them.
func (e *exporter) nodes() iter.Seq2[record.Node, error] {
	return func(yield func(record.Node, error) bool) {
		for node, err := range e.ordered(e.o.kinds()) {
			if err == nil && !e.o.found(node.ID) {
				continue
			}
			if err == nil {
				e.counts.Nodes++
			}
			if !yield(node, err) || err != nil {
				return
			}
		}
	}
}

// found tells whether a record is among those to export, as far as a search says.
func (o Options) found(id record.ID) bool { return o.Found == nil || o.Found[id] }

// ordered yields the records of kinds that the lens shows: by kind, folded name
// and id.
func (e *exporter) ordered(kinds []record.Kind) iter.Seq2[record.Node, error] {
	return func(yield func(record.Node, error) bool) {
		for _, kind := range kinds {
			if !e.orderedKind(kind, yield) {
				return
			}
		}
	}
}

// orderedKind yields the records of a kind. The graph lists them by name; those
// of one name come in the order in which they were made, and are put in that of
// their ids here.
func (e *exporter) orderedKind(kind record.Kind, yield func(record.Node, error) bool) bool {
	var alike []record.Node
	name := ""
	give := func() bool {
		slices.SortFunc(alike, func(a, b record.Node) int { return cmp.Compare(a.ID, b.ID) })
		for _, node := range alike {
			if !yield(node, nil) {
				return false
			}
		}
		alike = alike[:0]
		return true
	}
	for at, err := range e.s.Nodes(e.ctx, e.o.Lens, kind, graph.NodeFilter{}, graph.ByName, "") {
		if err == nil {
			err = e.ready()
		}
		if err != nil {
			yield(record.Node{}, err)
			return false
		}
		if fold := record.Fold(at.Value.Name); fold != name || len(alike) == 0 {
			if !give() {
				return false
			}
			name = fold
		}
		alike = append(alike, at.Value)
	}
	return give()
}

// links yields the exported links and counts them, and those left out.
func (e *exporter) links() iter.Seq2[record.Link, error] {
	kinds := e.o.kinds()
	return func(yield func(record.Link, error) bool) {
		for _, t := range e.o.types() {
			from := slices.Clone(t.From())
			slices.Sort(from)
			for node, err := range e.ordered(from) {
				var list []record.Link
				if err == nil {
					list, err = e.linksFrom(node.ID, t)
				}
				if err != nil {
					yield(record.Link{}, err)
					return
				}
				for _, link := range list {
					if !slices.Contains(kinds, link.From.Kind()) || !slices.Contains(kinds, link.To.Kind()) || !e.o.found(link.From) || !e.o.found(link.To) {
						e.counts.LeftOut++
						continue
					}
					e.counts.Links++
					if !yield(link, nil) {
						return
					}
				}
			}
		}
	}
}

// linksFrom lists the links of a type that go out from a record.
func (e *exporter) linksFrom(id record.ID, t record.LinkType) ([]record.Link, error) {
	var list []record.Link
	f := graph.LinkFilter{Types: []record.LinkType{t}, Direction: record.Out}
	for at, err := range e.s.Links(e.ctx, e.o.Lens, id, f, "") {
		if err != nil {
			return nil, err
		}
		list = append(list, at.Value)
	}
	slices.SortFunc(list, func(a, b record.Link) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// holds is how surely a link holds on the lens's day: "certainly" or "possibly";
// "" where the lens has none.
func (e *exporter) holds(link record.Link) (string, error) {
	if e.o.Lens.AsOf.IsZero() {
		return "", nil
	}
	how, err := e.s.Holds(e.o.Lens, link)
	switch {
	case err != nil:
		return "", err
	case how == record.Certainly:
		return "certainly", nil
	}
	return "possibly", nil
}

// standing is the first evidence whose words are still in the text now read, the
// zero evidence when there is none.
func standing(link record.Link) record.Evidence {
	for _, ev := range link.Evidence {
		if !ev.Superseded {
			return ev
		}
	}
	return record.Evidence{}
}
