package server

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"lotigraph/record"
	"lotigraph/server/internal/answer"
	"lotigraph/server/internal/page"
)

// frame is what every page shows around its body.
type frame struct {
	page.Shown
	Sections  []section
	Lens      lensFrame
	Version   string    // of the data; "" where there is none to show
	Updated   time.Time // when the data last changed
	Licence   string
	SignedIn  bool
	MaySignIn bool // whether the server knows a token
	Notice    *notice
	Here      string // the address of the page, the lens included
	Request   string // its id, which a person can quote
}

// section is an entry of the navigation.
type section struct {
	Name, Href string
	Current    bool
	Staff      bool // whether only those who are signed in have it
}

// sections is the navigation.
var sections = []section{
	{Name: "Search", Href: "/search"},
	{Name: "Ask", Href: "/ask"},
	{Name: "Matrix", Href: "/matrix"},
	{Name: "Explore", Href: "/explore"},
	{Name: "Inbox", Href: "/inbox", Staff: true},
	{Name: "Add", Href: "/add", Staff: true},
	{Name: "History", Href: "/history", Staff: true},
}

// notice tells of a change that the reader has just made.
type notice struct {
	Number uint64
	Text   string
	Back   string // where to go when it is undone
	Undone bool   // whether it was an undoing itself
}

// noticeOf is the change that an address tells of; staff alone see it.
func (s *Server) noticeOf(c echo.Context, r page.Reader) (*notice, error) {
	number, err := strconv.ParseUint(c.QueryParam("change"), 10, 64)
	if err != nil || number == 0 || r.Lens.Viewer.Clearance != record.Staff {
		return nil, nil
	}
	for e, err := range r.View.Graph.Changes(c.Request().Context(), number-1) {
		if err != nil || e.Number != number {
			return nil, err
		}
		at := *c.Request().URL
		q := at.Query()
		q.Del("change")
		at.RawQuery = q.Encode()
		n := &notice{Number: number, Text: sentence("you " + r.Told(c.Request().Context(), e)), Back: at.RequestURI()}
		n.Undone = len(e.Change.Ops) > 0 && e.Change.Ops[0].Undo != nil
		return n, nil
	}
	return nil, nil
}

// lensFrame is the lens as a page shows it and lets it be changed.
type lensFrame struct {
	AsOf     string // as an address has it
	Day      string // in words
	Proposed bool
	Cut      bool        // whether it is another one than the usual
	Plain    string      // this page through the usual lens
	Kept     []page.Pair // what the form that changes it carries along
}

// pageFunc makes what a page shows.
type pageFunc func(c echo.Context, r page.Reader) (page.Shown, error)

// page serves what a function makes, from one view, through the lens of the address.
func (s *Server) page(build pageFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		views, err := s.openViews(ctx)
		if err != nil {
			return err
		}
		defer views.close()
		lens, err := lensOf(c.QueryParams(), record.Lens{Viewer: views.viewer})
		if err != nil {
			return err
		}
		view := views.newest()
		if cursor := c.QueryParam("after"); cursor != "" {
			if view, err = views.behind(cursor); err != nil {
				return err
			}
		}
		r := page.Reader{View: view, Lens: lens}
		shown, err := build(c, r)
		if err != nil {
			return err
		}
		if shown.Moved != "" {
			uncached(c) // a merge can be taken back
			return c.Redirect(http.StatusPermanentRedirect, shown.Moved)
		}
		f := s.frame(c, shown)
		f.Lens = lensShown(c.Request().URL, r)
		f.Version = answer.Version(view.Version())
		census, err := view.Graph.Census(ctx, lens)
		if err != nil {
			return err
		}
		f.Updated = census.LastChange
		if f.Notice, err = s.noticeOf(c, r); err != nil {
			return err
		}
		c.Response().Header().Set(dataVersionHeader, f.Version)
		status := http.StatusOK
		if len(shown.Faults) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return s.site.render(c, status, f)
	}
}

// undated is the frame of a page that shows no data. It says which data there are
// all the same, where there are any yet.
func (s *Server) undated(c echo.Context, shown page.Shown) frame {
	f := s.frame(c, shown)
	v, err := s.publisher.Current()
	if err != nil {
		return f
	}
	defer v.Close()
	census, err := v.Graph.Census(c.Request().Context(), record.Lens{})
	if err != nil {
		return f // the page matters more
	}
	f.Version, f.Updated = answer.Version(v.Version()), census.LastChange
	return f
}

// frame is a page's frame without what depends on the data.
func (s *Server) frame(c echo.Context, shown page.Shown) frame {
	f := frame{Shown: shown, Licence: s.config.Licence, MaySignIn: s.gate.on, Here: c.Request().URL.RequestURI(), Request: idOf(c.Request().Context())}
	f.SignedIn = viewerOf(c.Request().Context()).Clearance == record.Staff
	for _, one := range sections {
		one.Current = one.Href == shown.Section
		if !one.Staff || f.SignedIn {
			f.Sections = append(f.Sections, one)
		}
	}
	return f
}

// lensOf reads the lens of an address: as_of, a day or part of one, and proposed.
func lensOf(q url.Values, l record.Lens) (record.Lens, error) {
	if day := strings.TrimSpace(q.Get("as_of")); day != "" {
		d, err := record.ParsePartialDate(day)
		if err != nil {
			return l, record.Under("as_of", err)
		}
		l.AsOf = d.Last() // "2021" means as things stood when it ended
	}
	switch q.Get("proposed") {
	case "", "false":
	case "true":
		l.Proposed = true
	default:
		return l, record.Invalid("proposed", "%q is neither true nor false", q.Get("proposed"))
	}
	return l, l.Validate()
}

// lensShown is the lens as the page shows it.
func lensShown(at *url.URL, r page.Reader) lensFrame {
	f := lensFrame{Proposed: r.Lens.Proposed}
	if !r.Lens.AsOf.IsZero() {
		f.AsOf, f.Day = r.Lens.AsOf.String(), r.Lens.AsOf.English()
	}
	f.Cut = f.AsOf != "" || f.Proposed
	q := at.Query()
	for _, name := range []string{"as_of", "proposed", "after"} {
		q.Del(name)
	}
	f.Plain = at.Path
	if len(q) > 0 {
		f.Plain += "?" + q.Encode()
	}
	f.Kept = page.Pairs(q)
	return f
}

// paper is where a page is laid out: used again, since pages are a quarter of a
// megabyte.
func (s *site) paper() *bytes.Buffer {
	if b, ok := s.papers.Get().(*bytes.Buffer); ok && b.Cap() <= 1<<20 {
		b.Reset()
		return b
	}
	return new(bytes.Buffer)
}

// render lays a page out.
func (s *site) render(c echo.Context, status int, f frame) error {
	t := s.pages[f.Template]
	if t == nil {
		return fmt.Errorf("there is no template %s", f.Template)
	}
	b := s.paper()
	defer s.papers.Put(b)
	if err := t.ExecuteTemplate(b, "layout", f); err != nil {
		return fmt.Errorf("lay out %s: %w", f.Template, err)
	}
	uncached(c)
	return c.HTMLBlob(status, b.Bytes())
}

// uncached lets nobody show the answer again without asking first.
func uncached(c echo.Context) {
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "private, no-cache")
	h.Add(echo.HeaderVary, echo.HeaderAuthorization)
	h.Add(echo.HeaderVary, echo.HeaderCookie)
}

// helpers are what templates can call.
func (s *site) helpers() template.FuncMap {
	return template.FuncMap{
		"asset": s.address,
		"day":   func(t time.Time) string { return t.UTC().Format("2 January 2006") },
		"clock": func(t time.Time) string { return t.UTC().Format("2 January 2006 at 15:04 UTC") },
		"count": page.Count,
		"join":  strings.Join,
		"rolehint": func(roles []string) string {
			if len(roles) == 0 {
				return ""
			}
			return "One of: " + strings.Join(roles, ", ")
		},
		"named": named,

		"link": linkTo, "proof": proofOf, "proofs": proofsOf, "statement": statementOf, "shownstatement": shownStatementOf, "pictured": picturedOf,
	}
}

// named gives a part of a page several values under names.
func named(values ...any) (map[string]any, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(values); i += 2 {
		name, ok := values[i].(string)
		if !ok {
			return nil, fmt.Errorf("named: %v is no name", values[i])
		}
		m[name] = values[i+1]
	}
	return m, nil
}
