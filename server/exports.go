package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"lotigraph/export"
	"lotigraph/network"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// exportFile answers /export/FORMAT: the graph as the caller may see it, in a
// format that other tools read. The address says the lens and the filter, so that
// it stays the same question: as_of, proposed, kind and type (both as often as
// needed), and for participations project, borough, partner, role, theme, from, to;
// of a network of, through, type, weight, from and to.
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
	o, err := exportOptions(given, record.Lens{Viewer: views.viewer})
	if err != nil {
		return err
	}
	view := views.newest()
	o.PublicURL, o.Licence, o.DataVersion = s.config.PublicURL, s.config.Licence, answer.Version(view.Version())
	h := c.Response().Header()
	tag := fmt.Sprintf(`"%s-%s-%s"`, o.DataVersion, max(o.Lens.Viewer.Clearance, record.Public), url.QueryEscape(c.QueryParams().Encode()))
	h.Set("ETag", tag)
	h.Set(echo.HeaderVary, echo.HeaderAuthorization)
	h.Set(echo.HeaderCacheControl, "private, no-cache")
	h.Set(dataVersionHeader, o.DataVersion)
	h.Set("X-Licence", o.Licence)
	h.Set("X-Lens", lensWords(o.Lens))
	if c.Request().Header.Get("If-None-Match") == tag {
		return c.NoContent(http.StatusNotModified)
	}
	h.Set(echo.HeaderContentType, format.MediaType)
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="lotigraph-%s-%s"`, o.DataVersion, fileName(format)))
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	o.Now = time.Now().UTC()
	if ask != nil {
		return export.WriteNetwork(c.Request().Context(), c.Response(), view.Graph, format.Name, *ask, o)
	}
	return export.Write(c.Request().Context(), c.Response(), view.Graph, format.Name, o)
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

// exportOptions reads the lens and the filter of an address. A parameter that is
// not known is refused: an export that left it out would answer another question.
func exportOptions(query url.Values, l record.Lens) (o export.Options, err error) {
	o.Lens = l
	texts := map[string]*string{"project": &o.Participations.Project, "borough": &o.Participations.Borough, "partner": &o.Participations.Partner}
	dates := map[string]*record.PartialDate{"as_of": &o.Lens.AsOf, "from": &o.Participations.From, "to": &o.Participations.To}
	for key, values := range query {
		value := values[len(values)-1]
		switch {
		case key == "proposed":
			if value != "true" && value != "false" {
				err = record.Invalid(key, "%q is neither true nor false", value)
			}
			o.Lens.Proposed = value == "true"
		case key == "kind":
			o.Kinds, err = parsed(key, values, record.ParseKind)
		case key == "type":
			o.Types, err = parsed(key, values, record.ParseLinkType)
		case key == "role":
			o.Participations.Roles = values
		case key == "theme":
			o.Participations.Themes = values
		case texts[key] != nil:
			*texts[key] = value
		case dates[key] != nil:
			*dates[key], err = record.ParsePartialDate(value)
			err = record.Under(key, err)
		default:
			err = record.Invalid(key, "this is not known here; use as_of, proposed, kind, type, project, borough, partner, role, theme, from or to")
		}
		if err != nil {
			return o, err
		}
	}
	return o, o.Lens.Validate()
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
