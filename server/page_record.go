package server

import (
	"github.com/labstack/echo/v4"

	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// recordRoutes are the addresses of records, and of what is said against links.
func (s *Server) recordRoutes(e *echo.Echo) {
	for _, k := range record.Kinds() {
		get(e, "/"+k.Slug()+"/:slug", s.page(s.recordPage(k)), s.identify)
	}
	get(e, "/report", s.page(s.reportPage), s.identify)
	e.POST("/report", s.takeReport, s.identify, small)
}

// recordPage is the page of a record of a kind. The id of a record that goes by
// another one leads there for good.
func (s *Server) recordPage(k record.Kind) pageFunc {
	return func(c echo.Context, r page.Reader) (page.Shown, error) {
		ctx, id := c.Request().Context(), record.NewID(k, c.Param("slug"))
		if id.Validate() != nil {
			return page.Shown{}, record.NotFound("there is no %s at this address", k.Label())
		}
		n, err := r.View.Graph.Node(ctx, r.Lens, id)
		if err != nil {
			return page.Shown{}, err
		}
		q := c.QueryParams()
		if n.ID != id && q.Get("passage") == "" {
			return page.Shown{Moved: r.To(page.At(n.ID))}, nil
		}
		shown := page.Shown{Title: n.Name, Crumbs: r.Crumbs(k), Exports: r.Exports(n)}
		if k == record.WeeknoteKind {
			if n.ID != id { // the words of a merged text are where they were
				if n, err = r.View.Graph.OwnNode(ctx, r.Lens, id); err != nil {
					return shown, err
				}
			}
			shown.Template = "weeknote.html"
			shown.Body, err = r.Weeknote(ctx, n, q)
			return shown, err
		}
		shown.Template = "record.html"
		shown.Body, err = r.Record(ctx, n, q)
		return shown, err
	}
}
