package page

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
)

// Weeknote is the page of a text: its words, with what they name and prove.
type Weeknote struct {
	Profile
	Title, Byline []Run
	Blocks        []Block
	Version       int
	Versions      []Option // every version, the newest first; none where there is one only
	Older         bool     // whether another version than the one now read is shown
	Stray         string   // the passage pointed at, where it lies in none of the parts shown
	Says          []Statement
	LeftOut       *LeftOut
	Names         []Names
	Unknown       []UnknownName // to staff
}

// Names are the records of a kind that a text names.
type Names struct {
	Title string
	List  []Place
}

// UnknownName is a name that a text uses and that no record goes by.
type UnknownName struct{ Name, Kind, Href string }

// Weeknote is a text as an address asks for it: version and passage, a span of
// bytes like 120-240.
func (r Reader) Weeknote(ctx context.Context, n record.Node, q url.Values) (w Weeknote, err error) {
	if w.Profile, err = r.describe(ctx, n); err != nil {
		return w, err
	}
	text, passage, err := r.textAt(ctx, n, q)
	if err != nil {
		return w, err
	}
	w.Version, w.Older = text.Version, text.Version != n.Weeknote.Version
	mentions, err := r.mentionsIn(ctx, n.ID)
	if err != nil {
		return w, err
	}
	marks, err := r.marksOf(ctx, mentions, text)
	if err != nil {
		return w, err
	}
	if !w.Older && r.staff() {
		marks = append(marks, r.unknownMarks(n)...)
		w.Unknown = r.unknownNames(n)
	}
	w.set(text, marks, passage)
	w.Versions = r.versions(n, text.Version)
	if w.Names, err = r.namesIn(ctx, mentions); err != nil {
		return w, err
	}
	return w, r.says(ctx, n, &w)
}

func (r Reader) staff() bool { return r.Lens.Viewer.Clearance == record.Staff }

// textAt is the version of a text that an address asks for, and the passage.
func (r Reader) textAt(ctx context.Context, n record.Node, q url.Values) (t record.Text, passage record.Span, err error) {
	version := n.Weeknote.Version
	if v := q.Get("version"); v != "" {
		if version, err = strconv.Atoi(v); err != nil || version < 1 {
			return t, passage, record.Invalid("version", "%q is not the number of a version; they are counted from 1", v)
		}
	}
	if t, err = r.View.Graph.Text(ctx, r.Lens, n.ID, version); err != nil {
		return t, passage, err
	}
	if p := q.Get("passage"); p != "" {
		from, to, _ := strings.Cut(p, "-")
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if passage = (record.Span{Start: a, End: b}); errA != nil || errB != nil || passage.Of(t.Body) == "" {
			return t, passage, record.Invalid("passage", "%q is not a passage of this text; a passage is two places in bytes, like 120-240", p)
		}
	}
	return t, passage, nil
}

// set sets the parts of the text.
func (w *Weeknote) set(t record.Text, marks []Mark, passage record.Span) {
	s := setter{body: t.Body, marks: apart(marks), passage: passage}
	w.Title = s.runs(t.Title)
	w.Byline = s.runs(t.Byline)
	for _, p := range paragraphs(t.Body, t.Main) {
		s.paragraph(p)
	}
	w.Blocks = s.blocks
	if passage.Len() > 0 && !s.landed {
		w.Stray = passage.Of(t.Body)
	}
}

// mentionsIn are the links from a text to what it names.
func (r Reader) mentionsIn(ctx context.Context, id record.ID) (list []record.Link, err error) {
	f := graph.LinkFilter{Types: []record.LinkType{record.Mentions}, Direction: record.Out}
	for at, err := range r.View.Graph.Links(ctx, r.Lens, id, f, "") {
		if err != nil {
			return nil, err
		}
		list = append(list, at.Value)
	}
	return list, nil
}

// marksOf are the places in a version of a text that name records.
func (r Reader) marksOf(ctx context.Context, mentions []record.Link, t record.Text) (marks []Mark, err error) {
	for _, l := range mentions {
		to, err := r.PlaceOf(ctx, l.To)
		if err != nil {
			return nil, err
		}
		for _, e := range l.Evidence {
			if e.Text == t.ID && e.Version == t.Version {
				marks = append(marks, Mark{Span: e.Span, Href: to.Href, Name: to.Name})
			}
		}
	}
	return marks, nil
}

// unknownMarks are the places of names that nobody knows.
func (r Reader) unknownMarks(n record.Node) (marks []Mark) {
	for _, u := range n.Weeknote.Unknown {
		for _, span := range u.Spans {
			marks = append(marks, Mark{Span: span, Waits: u.Kind.Label()})
		}
	}
	return marks
}

func (r Reader) unknownNames(n record.Node) (list []UnknownName) {
	for _, u := range n.Weeknote.Unknown {
		list = append(list, UnknownName{u.Name, u.Kind.Label(), Reader{}.To("/inbox", "source", string(n.ID), "sort", "name")})
	}
	return list
}

// versions are the versions of a text, to choose among.
func (r Reader) versions(n record.Node, shown int) (list []Option) {
	if n.Weeknote.Version == 1 {
		return nil
	}
	for v := n.Weeknote.Version; v >= 1; v-- {
		o := Option{Label: "version " + itoa(v), Href: r.To(At(n.ID), "version", itoa(v)), Chosen: v == shown}
		if v == n.Weeknote.Version {
			o.Label, o.Href = o.Label+", the one now read", r.To(At(n.ID))
		}
		list = append(list, o)
	}
	return list
}

// namesIn are the records that a text names, by kind and name.
func (r Reader) namesIn(ctx context.Context, mentions []record.Link) (list []Names, err error) {
	byKind := map[record.Kind][]Place{}
	for _, l := range mentions {
		to, err := r.PlaceOf(ctx, l.To)
		if err != nil {
			return nil, err
		}
		byKind[l.To.Kind()] = append(byKind[l.To.Kind()], to)
	}
	for _, k := range record.Kinds() {
		if places := byKind[k]; len(places) > 0 {
			slices.SortFunc(places, func(a, b Place) int { return cmp.Compare(record.Fold(a.Name), record.Fold(b.Name)) })
			list = append(list, Names{record.Capital(index.KindLabel(k)), places})
		}
	}
	return list, nil
}

// says adds what the text proves, in its order, each with its own passages only.
func (r Reader) says(ctx context.Context, n record.Node, w *Weeknote) error {
	links, withheld, err := r.View.Graph.Proven(ctx, r.Lens, n.ID)
	if err != nil {
		return err
	}
	w.LeftOut = r.leftOut(withheld, At(n.ID))
	own, err := r.View.Graph.MergedFrom(ctx, r.Lens, n.ID)
	if err != nil {
		return err
	}
	own = append(own, n.ID)
	for i := range links {
		links[i].Evidence = slices.DeleteFunc(links[i].Evidence, func(e record.Evidence) bool { return !slices.Contains(own, e.Text) })
	}
	slices.SortStableFunc(links, func(a, b record.Link) int { return cmp.Compare(placeIn(a), placeIn(b)) })
	for _, l := range links {
		s, err := r.Statement(ctx, l)
		if err != nil {
			return err
		}
		w.Says = append(w.Says, s)
	}
	return nil
}

// placeIn is where a text first says a link.
func placeIn(l record.Link) int {
	if len(l.Evidence) == 0 {
		return 0
	}
	return l.Evidence[0].Start
}
