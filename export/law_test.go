package export_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

// held is what an export holds: ids in the order in which they stand.
type held struct{ nodes, links []string }

// listed is what the lens shows by listing: every record, and the links of every
// record from both ends, each once.
func listed(t testing.TB, s *graph.Snapshot, o export.Options) (h held, leftOut int) {
	t.Helper()
	kinds, types := o.Kinds, o.Types
	if kinds == nil {
		kinds = record.Kinds()
	}
	links := map[string]record.Link{}
	for _, kind := range record.Kinds() {
		for at, err := range s.Nodes(t.Context(), o.Lens, kind, graph.NodeFilter{}, graph.ByName, "") {
			if err != nil {
				t.Fatal(err)
			}
			if slices.Contains(kinds, kind) && (o.Found == nil || o.Found[at.Value.ID]) {
				h.nodes = append(h.nodes, string(at.Value.ID))
			}
			for link, err := range s.Links(t.Context(), o.Lens, at.Value.ID, graph.LinkFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				links[link.Value.ID] = link.Value
			}
		}
	}
	for id, link := range links {
		switch {
		case types == nil && link.Type == record.Mentions, types != nil && !slices.Contains(types, link.Type):
		case !slices.Contains(h.nodes, string(link.From)) || !slices.Contains(h.nodes, string(link.To)):
			leftOut++
		default:
			h.links = append(h.links, id)
		}
	}
	slices.Sort(h.nodes)
	slices.Sort(h.links)
	return h, leftOut
}

// readers read the ids out of an export.
var readers = map[string]func(t testing.TB, raw []byte) held{
	"jsonl": func(t testing.TB, raw []byte) (h held) {
		for line := range bytes.Lines(raw) {
			var l struct{ Node, Link *struct{ ID string } }
			parse(t, line, &l)
			if l.Node != nil {
				h.nodes = append(h.nodes, l.Node.ID)
			}
			if l.Link != nil {
				h.links = append(h.links, l.Link.ID)
			}
		}
		return h
	},
	"kumu": func(t testing.TB, raw []byte) (h held) {
		var k struct {
			Elements, Connections []struct{ ID, From, To string }
		}
		parse(t, raw, &k)
		for _, e := range k.Elements {
			h.nodes = append(h.nodes, e.ID)
		}
		for _, c := range k.Connections {
			h.links = append(h.links, c.ID)
			for _, end := range []string{c.From, c.To} {
				if !slices.Contains(h.nodes, end) {
					t.Errorf("connection %s has the end %s, which is no element", c.ID, end)
				}
			}
		}
		return h
	},
	"jsonld": func(t testing.TB, raw []byte) (h held) {
		var d struct {
			Graph []struct {
				ID         string `json:"@id"`
				Identifier string
				LinkType   string
			} `json:"@graph"`
		}
		parse(t, raw, &d)
		for _, n := range d.Graph {
			switch {
			case n.Identifier != "":
				h.nodes = append(h.nodes, n.Identifier)
			case n.LinkType != "":
				h.links = append(h.links, strings.TrimPrefix(n.ID, "urn:lotigraph:"))
			}
		}
		return h
	},
	"gexf":    xmlIDs,
	"graphml": xmlIDs,
	"nodes.csv": func(t testing.TB, raw []byte) (h held) {
		for _, row := range rows(t, raw) {
			h.nodes = append(h.nodes, row["id"])
		}
		return h
	},
}

func parse(t testing.TB, raw []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%v in %.200s", err, raw)
	}
}

// xmlIDs are the ids of the elements node and edge.
func xmlIDs(t testing.TB, raw []byte) (h held) {
	for in := xml.NewDecoder(bytes.NewReader(raw)); ; {
		token, err := in.Token()
		if err == io.EOF {
			return h
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		id := ""
		for _, a := range start.Attr {
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		switch start.Name.Local {
		case "node":
			h.nodes = append(h.nodes, id)
		case "edge":
			h.links = append(h.links, id)
		}
	}
}

// rows are the rows of a table by heading.
func rows(t testing.TB, raw []byte) (list []map[string]string) {
	t.Helper()
	cells, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range cells[1:] {
		m := map[string]string{}
		for i, head := range cells[0] {
			m[head] = row[i]
		}
		list = append(list, m)
	}
	return list
}

// programme is the seed, imported.
func programme(t testing.TB) *graph.Store {
	t.Helper()
	store := open(t)
	if _, err := ingest.New(store).Folder(t.Context(), seed.FS(), ingest.Options{Now: noon}, nil); err != nil {
		t.Fatal(err)
	}
	return store
}

// looks are the lenses and filters under which the law is held.
func looks() map[string]export.Options {
	return map[string]export.Options{
		"public":                {},
		"staff, proposed":       {Lens: staff()},
		"as of":                 {Lens: record.Lens{AsOf: day("2021-06-01"), Proposed: true}},
		"with mentions":         {Types: record.LinkTypes()},
		"projects and boroughs": {Lens: staff(), Kinds: []record.Kind{record.BoroughKind, record.ProjectKind}},
		"jobs without people":   {Lens: staff(), Kinds: []record.Kind{record.BoroughKind}, Types: []record.LinkType{record.WorksFor}},
	}
}

// TestExportEqualsListing is the law that what is exported is what the lens
// shows, in every format, in one order, with each link that lacks an end counted.
func TestExportEqualsListing(t *testing.T) {
	stores := map[string]*graph.Store{"small": small(t)}
	if !testing.Short() {
		stores["seed"] = programme(t)
	}
	for name, store := range stores {
		s := snapshot(t, store)
		for look, o := range looks() {
			want, leftOut := listed(t, s, o)
			if len(want.nodes) == 0 {
				t.Errorf("%s, %s: nothing to compare", name, look)
			}
			var order held
			for _, format := range slices.Sorted(maps.Keys(readers)) {
				var counts export.Counts
				o.Counts = &counts
				got := readers[format](t, write(t, s, format, o))
				if format != "nodes.csv" {
					if order.nodes == nil {
						order = got
					}
					if !slices.Equal(got.links, order.links) || counts != (export.Counts{Nodes: len(want.nodes), Links: len(want.links), LeftOut: leftOut}) {
						t.Errorf("%s, %s, %s: links are in another order, or the counts %+v are wrong; left out are %d", name, look, format, counts, leftOut)
					}
				}
				if !slices.Equal(got.nodes, order.nodes) && order.nodes != nil {
					t.Errorf("%s, %s, %s: records are in another order", name, look, format)
				}
				got = held{slices.Sorted(slices.Values(got.nodes)), slices.Sorted(slices.Values(got.links))}
				if !slices.Equal(got.nodes, want.nodes) || format != "nodes.csv" && !slices.Equal(got.links, want.links) {
					t.Errorf("%s, %s, %s: got %d records and %d links, the lens shows %d and %d", name, look, format, len(got.nodes), len(got.links), len(want.nodes), len(want.links))
				}
			}
		}
	}
}

// TestOrder holds the order that is promised.
func TestOrder(t *testing.T) {
	s := snapshot(t, programme(t))
	raw := write(t, s, "jsonl", export.Options{Lens: staff(), Types: record.LinkTypes()})
	place := map[record.ID]int{}
	var nodes []record.Node
	var links []record.Link
	for line := range bytes.Lines(raw) {
		var l struct {
			Node *record.Node
			Link *struct {
				ID       string
				Type     record.LinkType
				From, To record.ID
			}
		}
		parse(t, line, &l)
		if l.Node != nil {
			place[l.Node.ID] = len(nodes)
			nodes = append(nodes, *l.Node)
		}
		if l.Link != nil {
			links = append(links, record.Link{ID: l.Link.ID, Type: l.Link.Type, From: l.Link.From, To: l.Link.To})
		}
	}
	if !slices.IsSortedFunc(nodes, func(a, b record.Node) int {
		return cmp.Or(cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(record.Fold(a.Name), record.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	}) {
		t.Error("records are not by kind, name and id")
	}
	if !slices.IsSortedFunc(links, func(a, b record.Link) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(place[a.From], place[b.From]), cmp.Compare(a.To, b.To), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	}) {
		t.Error("links are not by type, from, to and id")
	}
	if again := write(t, s, "jsonl", export.Options{Lens: staff(), Types: record.LinkTypes()}); !bytes.Equal(raw, again) {
		t.Error("two exports of one data version differ")
	}
}

// TestClosedStaysClosed holds that no format tells the public of a closed text.
func TestClosedStaysClosed(t *testing.T) {
	s := snapshot(t, small(t))
	for _, f := range export.Formats() {
		raw := write(t, s, f.Name, export.Options{})
		if f.Name == "xlsx" {
			raw = sheets(t, raw)
		}
		for _, secret := range []string{"closed.md", "weeknote-2", "pilots", "again", "pilot,", "2021-06"} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s tells the public %q", f.Name, secret)
			}
		}
	}
}
