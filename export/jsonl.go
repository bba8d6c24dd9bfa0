package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"iter"

	"lotigraph/record"
)

// put writes a value as JSON on one line, without a line end.
func (e *exporter) put(value any) error {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(value); err != nil {
		return err
	}
	_, err := e.w.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
}

// members is an object whose names keep their order and of which empty values
// are left out.
type members []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the object.
func (m members) MarshalJSON() ([]byte, error) {
	b := bytes.NewBufferString("{")
	out := json.NewEncoder(b)
	out.SetEscapeHTML(false)
	for _, one := range m {
		if one.value == nil || one.value == "" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		if err := out.Encode(one.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := out.Encode(one.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (e *exporter) aboutMembers() members {
	var m members
	for _, p := range e.about() {
		m = append(m, member{p.name, p.value})
	}
	return m
}

// lineNode is a record as a line says it. The names are part of the format, which
// does not follow how records are stored.
type lineNode struct {
	ID         record.ID          `json:"id"`
	Kind       record.Kind        `json:"kind"`
	Name       string             `json:"name"`
	Aliases    []string           `json:"aliases,omitempty"`
	Summary    string             `json:"summary,omitempty"`
	URL        string             `json:"url,omitempty"`
	Address    string             `json:"address"`
	Source     string             `json:"source,omitempty"` // of a text, by which it is told apart
	Form       record.Form        `json:"form,omitempty"`
	Number     int                `json:"number,omitempty"`
	Date       record.PartialDate `json:"date,omitzero"`
	Byline     string             `json:"byline,omitempty"`
	Visibility string             `json:"visibility,omitempty"` // see Options.visibility
	Version    int                `json:"version,omitempty"`
	Body       string             `json:"body,omitempty"` // whole, as it was imported
	Themes     []string           `json:"themes,omitempty"`
	Status     string             `json:"status,omitempty"`
	Start      record.PartialDate `json:"start,omitzero"`
	End        record.PartialDate `json:"end,omitzero"`
	ONSCode    string             `json:"onsCode,omitempty"`
	TileColumn *int               `json:"tileColumn,omitempty"`
	TileRow    *int               `json:"tileRow,omitempty"`
	Sector     string             `json:"sector,omitempty"`
}

// lineMerged is a text that goes by another one.
type lineMerged struct {
	Into record.ID `json:"into"`
	lineNode
}

// lineLink is a link as a line says it.
type lineLink struct {
	ID         string             `json:"id"`
	Type       record.LinkType    `json:"type"`
	From       record.ID          `json:"from"`
	To         record.ID          `json:"to"`
	Role       string             `json:"role,omitempty"`
	Since      record.PartialDate `json:"since,omitzero"`
	Until      record.PartialDate `json:"until,omitzero"`
	Status     record.LinkStatus  `json:"status"`
	Confidence float64            `json:"confidence"`
	Holds      string             `json:"holds,omitempty"` // on the lens's day: certainly or possibly
	Evidence   []lineEvidence     `json:"evidence"`
}

type lineEvidence struct {
	Text       record.ID `json:"text"`
	Version    int       `json:"version"`
	Start      int       `json:"start"`
	End        int       `json:"end"`
	Quote      string    `json:"quote"`
	Method     string    `json:"method"`
	Confidence float64   `json:"confidence"`
	Superseded bool      `json:"superseded,omitempty"`
}

// jsonLines writes one object a line, each with one name that says what it is:
// about, then node by node, link by link, and end with the counts; earlier is a
// version of the text that follows, merged a text that goes by the node before it. A file without an end is not whole.
func jsonLines(e *exporter) error {
	if err := e.line("about", e.aboutMembers()); err != nil {
		return err
	}
	for node, err := range e.nodes() {
		if err == nil {
			err = e.nodeLine(node)
		}
		if err != nil {
			return err
		}
	}
	for link, err := range e.links() {
		if err == nil {
			err = e.linkLine(link)
		}
		if err != nil {
			return err
		}
	}
	return e.line("end", e.ending())
}

// ending is what is known when all is written.
func (e *exporter) ending() members {
	return members{{"nodes", e.counts.Nodes}, {"links", e.counts.Links}, {"leftOut", e.counts.LeftOut}}
}

func (e *exporter) line(name string, value any) error {
	if err := e.put(members{{name, value}}); err != nil {
		return err
	}
	return e.w.WriteByte('\n')
}

// nodeLine writes a record. Before a text come its earlier versions, and behind it
// those that were merged into it, each with what it says itself: links quote them.
func (e *exporter) nodeLine(n record.Node) error {
	line, err := e.lineOf(n)
	if err == nil {
		err = e.earlier(n, line)
	}
	if err == nil {
		err = e.line("node", line)
	}
	if err != nil || n.Weeknote == nil {
		return err
	}
	merged, err := e.s.MergedFrom(e.ctx, e.o.Lens, n.ID)
	if err != nil {
		return err
	}
	for _, id := range merged {
		own, err := e.s.OwnNode(e.ctx, e.o.Lens, id)
		if err != nil {
			return err
		}
		if line, err = e.lineOf(own); err != nil {
			return err
		}
		if err := e.earlier(own, line); err != nil {
			return err
		}
		if err := e.line("merged", lineMerged{n.ID, line}); err != nil {
			return err
		}
	}
	return nil
}

// earlier writes the versions of a text before the one now read, as far as the
// viewer may see them, each with its words and with who may read them.
func (e *exporter) earlier(n record.Node, line lineNode) error {
	for line.Version = 1; n.Weeknote != nil && line.Version < n.Weeknote.Version; line.Version++ {
		text, err := e.s.Text(e.ctx, e.o.Lens, n.ID, line.Version)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		line.Body, line.Visibility = text.Body, cmp.Or(text.Visibility, record.Staff).String() // what nobody said is closed
		if err := e.line("earlier", line); err != nil {
			return err
		}
	}
	return nil
}

// lineOf is a record as a line says it.
func (e *exporter) lineOf(n record.Node) (lineNode, error) {
	line := lineNode{ID: n.ID, Kind: n.Kind(), Name: n.Name, Aliases: n.Aliases, Summary: n.Summary, URL: n.URL, Address: e.o.address(string(n.ID)),
		Visibility: e.o.visibility(n).String()}
	switch {
	case n.Weeknote != nil:
		w := n.Weeknote
		text, err := e.s.Text(e.ctx, e.o.Lens, n.ID, 0)
		if err != nil {
			return line, err
		}
		line.Source, line.Form, line.Number, line.Date, line.Byline = w.Source, w.Form, w.Number, w.Date, w.Byline
		line.Version, line.Body = w.Version, text.Body
	case n.Project != nil:
		line.Themes, line.Status, line.Start, line.End = n.Project.Themes, n.Project.Status, n.Project.Start, n.Project.End
	case n.Borough != nil:
		line.ONSCode, line.TileColumn, line.TileRow = n.Borough.ONSCode, &n.Borough.Column, &n.Borough.Row
	case n.Partner != nil:
		line.Sector = n.Partner.Sector
	}
	return line, nil
}

func (e *exporter) linkLine(l record.Link) error {
	holds, err := e.holds(l)
	if err != nil {
		return err
	}
	line := lineLink{ID: l.ID, Type: l.Type, From: l.From, To: l.To, Role: l.Role, Since: l.Since, Until: l.Until,
		Status: l.Status, Confidence: l.Confidence, Holds: holds, Evidence: make([]lineEvidence, len(l.Evidence))}
	for i, ev := range l.Evidence {
		line.Evidence[i] = lineEvidence{ev.Text, ev.Version, ev.Start, ev.End, ev.Quote, ev.Method, ev.Confidence, ev.Superseded}
	}
	return e.line("link", line)
}

// putAll writes values as the elements of an array, a line each.
func putAll[T any](e *exporter, first bool, rows iter.Seq2[T, error], value func(T) (any, error)) error {
	for row, err := range rows {
		if err != nil {
			return err
		}
		v, err := value(row)
		if err != nil {
			return err
		}
		if !first {
			if err := e.w.WriteByte(','); err != nil {
				return err
			}
		}
		first = false
		if err := e.w.WriteByte('\n'); err != nil {
			return err
		}
		if err := e.put(v); err != nil {
			return err
		}
	}
	return nil
}
