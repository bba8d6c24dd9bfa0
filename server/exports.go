package server

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"lotigraph/export"
	"lotigraph/index"
	"lotigraph/network"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
	"lotigraph/server/internal/page"
	"lotigraph/view"
)

// exportFile answers /export/FORMAT: the graph as the caller may see it, in a
// format that other tools read. The address says the lens and the filter, so that
// it stays the same question: as_of, proposed, kind and type (both as often as
// needed), and project, borough, partner, role, theme, from and to. These choose
// participations in participations.csv; elsewhere, with q, form, lead, person,
// author and year, they are those of a search, and the records are what it finds.
// record names the records wanted, as often as needed; focus, depth and open choose
// what the explorer shows. A network has of, through, type, weight, from and to.
func (s *Server) exportFile(c echo.Context) error {
	format, err := exportFormat(c.Param("format"))
	if err != nil {
		return err
	}
	views, err := s.openViews(c.Request().Context())
	if err != nil {
		return err
	}
	defer views.close()
	given, ask := c.QueryParams(), (*network.Question)(nil)
	if strings.HasPrefix(format.Name, "network.") {
		if ask, given, err = networkAsked(given); err != nil {
			return err
		}
	}
	asked, err := readExport(given, record.Lens{Viewer: views.viewer})
	if err != nil {
		return err
	}
	view := views.newest()
	o, err := asked.on(c.Request().Context(), view, format)
	if err != nil {
		return err
	}
	o.PublicURL, o.Licence, o.DataVersion = s.config.PublicURL, s.config.Licence, answer.Version(view.Version())
	if s.describeExport(c, format, o) {
		return c.NoContent(http.StatusNotModified)
	}
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	o.Now = time.Now().UTC()
	return s.stream(c, func(w io.Writer) error {
		if ask != nil {
			return export.WriteNetwork(c.Request().Context(), w, view.Graph, format.Name, *ask, o)
		}
		return export.Write(c.Request().Context(), w, view.Graph, format.Name, o)
	})
}

// describeExport writes the headers of an export, and tells whether the caller has
// it already. The tag is a weak one: two exports of one data version are equal but
// for the time at which they were made.
func (s *Server) describeExport(c echo.Context, format export.Format, o export.Options) (seen bool) {
	clearance := max(o.Lens.Viewer.Clearance, record.Public)
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{c.Path(), format.Name, clearance.String(), c.QueryParams().Encode(), o.PublicURL, o.Licence}))
	tag := fmt.Sprintf(`W/"%s-%x"`, o.DataVersion, sum[:12])
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Add(echo.HeaderVary, "Authorization, Cookie")
	h.Set(echo.HeaderCacheControl, "private, no-cache")
	h.Set(dataVersionHeader, o.DataVersion)
	h.Set(licenceHeader, o.Licence)
	h.Set(lensHeader, lensWords(o.Lens))
	if slices.ContainsFunc(c.Request().Header.Values("If-None-Match"), func(list string) bool { return names(list, tag) }) {
		return true
	}
	h.Set(echo.HeaderContentType, format.MediaType)
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="lotigraph-%s-%s"`, o.DataVersion, fileName(format)))
	return false
}

// networkAsked reads which network an address asks for, and returns the
// parameters that are left: those of the lens.
func networkAsked(query url.Values) (*network.Question, url.Values, error) {
	q, lens := network.Question{Of: record.PartnerKind, Through: record.ProjectKind}, url.Values{}
	for key, values := range query {
		value, err := values[len(values)-1], error(nil)
		switch key {
		case "of":
			q.Of, err = record.ParseKind(value)
		case "through":
			q.Through, err = record.ParseKind(value)
		case "type":
			q.Types, err = parsed(key, values, record.ParseLinkType)
		case "weight":
			q.Weight = network.Weight(strings.ToUpper(value))
		case "from":
			q.From, err = record.ParsePartialDate(value)
		case "to":
			q.To, err = record.ParsePartialDate(value)
		case "as_of", "proposed":
			lens[key] = values
		default:
			err = record.Invalid("", "this is not known here; use of, through, type, weight, from, to, as_of or proposed")
		}
		if err != nil {
			return nil, nil, record.Under(key, err)
		}
	}
	return &q, lens, q.Validate()
}

func exportFormat(name string) (export.Format, error) {
	var names []string
	for _, f := range slices.Concat(export.Formats(), export.NetworkFormats()) {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return export.Format{}, record.NotFound("there is no export called %q; there are %s", name, strings.Join(names, ", "))
}

// fileName is what a downloaded export is called, its data version aside.
func fileName(f export.Format) string {
	if strings.HasSuffix(f.Name, "."+f.Extension) {
		return f.Name
	}
	return f.Name + "." + f.Extension
}

// lensWords is the lens as a header says it.
func lensWords(l record.Lens) string {
	words := "viewer=" + max(l.Viewer.Clearance, record.Public).String()
	if !l.AsOf.IsZero() {
		words += "; asOf=" + l.AsOf.String()
	}
	return words + fmt.Sprintf("; proposed=%t", l.Proposed)
}

// exportAsked is what the address of an export asks for.
type exportAsked struct {
	options  export.Options
	search   view.Request
	narrowed []string   // the parameters by which a search, or a list of participations, is narrowed
	searched []string   // those that only a search knows
	chosen   []string   // the ids of the records wanted
	around   url.Values // what the explorer is asked for, nil where it is not
}

// readExport reads the lens and the filter of an address. A parameter that is
// not known is refused: an export that left it out would answer another question.
func readExport(query url.Values, l record.Lens) (a exportAsked, err error) {
	a.options.Lens = l
	for _, key := range slices.Sorted(maps.Keys(query)) {
		if err := a.read(key, query[key]); err != nil {
			return a, err
		}
	}
	return a, a.options.Lens.Validate()
}

func (a *exportAsked) read(key string, values []string) (err error) {
	value := values[len(values)-1]
	who := &a.options.Participations
	switch key {
	case "as_of":
		a.options.Lens.AsOf, err = record.ParsePartialDate(value)
		return record.Under(key, err)
	case "proposed":
		if value != "true" && value != "false" {
			return record.Invalid(key, "%q is neither true nor false", value)
		}
		a.options.Lens.Proposed = value == "true"
		return nil
	case "record":
		a.chosen = values
		return nil
	case "focus", "depth", "open":
		if a.around == nil {
			a.around = url.Values{}
		}
		a.around[key] = values
		return nil
	case "kind":
		a.options.Kinds, err = parsed(key, values, record.ParseKind)
		return err
	case "type":
		a.options.Types, err = parsed(key, values, record.ParseLinkType)
		return err
	case "q":
		if len(value) > maxExportQuery {
			return record.Invalid(key, "%d bytes are more than the %d allowed", len(value), maxExportQuery)
		}
		a.search.Text = value
	case "form":
		a.search.Forms, err = parsed(key, values, record.ParseForm)
	case "from":
		who.From, err = record.ParsePartialDate(value)
		a.search.From, err = who.From, record.Under(key, err)
	case "to":
		who.To, err = record.ParsePartialDate(value)
		a.search.To, err = who.To, record.Under(key, err)
	case "project", "borough", "partner", "role", "theme", "lead", "person", "author", "year":
		field, unknown := index.ParseKey(key)
		if unknown != nil {
			return unknown
		}
		a.search.Choices = append(a.search.Choices, index.Choice{Key: field, Values: values})
	default:
		return record.Invalid(key, "this is not known here; use as_of, proposed, kind, type, record, focus, depth, open, q, form, project, borough, partner, role, theme, lead, person, author, year, from or to")
	}
	if slices.Contains([]string{"q", "form", "lead", "person", "author", "year"}, key) {
		a.searched = append(a.searched, key)
	}
	a.narrowed = append(a.narrowed, key)
	switch key {
	case "project":
		who.Project = value
	case "borough":
		who.Borough = value
	case "partner":
		who.Partner = value
	case "role":
		who.Roles = values
	case "theme":
		who.Themes = values
	}
	return err
}

// maxExportQuery is the most bytes of a search in an address.
const maxExportQuery = 10_000

// on is what to export of a view: with the records that the search finds, where
// there is one.
func (a exportAsked) on(ctx context.Context, v *view.View, f export.Format) (export.Options, error) {
	o := a.options
	byLinks := f.Name == export.Participations || f.Name == export.MatrixTable
	switch {
	case a.chosen != nil || a.around != nil:
		return a.part(ctx, v)
	case byLinks && len(a.searched) > 0:
		return o, record.Invalid(a.searched[0], "this does not narrow %s; use project, borough, partner, role, theme, from or to", f.Name)
	case byLinks || len(a.narrowed) == 0:
		return o, nil
	}
	var err error
	o.Found, o.Search, err = v.Matching(ctx, o.Lens, a.search)
	return o, err
}

// part is what to export where the address names the records, or what the explorer
// shows.
func (a exportAsked) part(ctx context.Context, v *view.View) (export.Options, error) {
	o := a.options
	ids := make([]record.ID, len(a.chosen))
	for i, text := range a.chosen {
		ids[i] = record.ID(text)
		if err := ids[i].Validate(); err != nil {
			return o, record.Under("record", err)
		}
	}
	o.Search = "chosen by their ids"
	if a.around != nil {
		for _, t := range o.Types {
			a.around.Add("type", t.String())
		}
		around, err := page.Reader{View: v, Lens: o.Lens}.Around(ctx, a.around)
		if err != nil {
			return o, err
		}
		ids = append(ids, around...)
		o.Search = "what is around " + a.around.Get("focus")
	}
	o.Found = map[record.ID]bool{}
	for _, id := range ids {
		o.Found[id] = true
	}
	return o, nil
}

func parsed[T any](field string, values []string, parse func(string) (T, error)) (list []T, err error) {
	for _, value := range values {
		v, err := parse(value)
		if err != nil {
			return nil, &record.Refusal{Class: record.ErrInvalid, Field: field, Reason: err.Error()}
		}
		list = append(list, v)
	}
	return list, nil
}
