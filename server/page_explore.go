package server

import (
	"github.com/labstack/echo/v4"

	"lotigraph/server/internal/page"
)

// explorePage is a record with what is around it.
func (s *Server) explorePage(c echo.Context, r page.Reader) (page.Shown, error) {
	shown := page.Shown{Template: "explore.html", Title: "Explore", Section: "/explore"}
	body, err := r.Explore(c.Request().Context(), c.QueryParams())
	if body.Focus != nil {
		shown.Title = "What is around " + body.Focus.Name
	}
	shown.Body, shown.Exports, shown.Faults = body, body.Exports, body.Faults
	return shown, err
}

// pathsPage is how two records are linked.
func (s *Server) pathsPage(c echo.Context, r page.Reader) (page.Shown, error) {
	shown := page.Shown{Template: "paths.html", Title: "How two records are linked", Section: "/explore"}
	body, err := r.Paths(c.Request().Context(), c.QueryParams())
	if body.Asked {
		shown.Title = "How " + body.From + " and " + body.To + " are linked"
	}
	shown.Body, shown.Exports, shown.Faults = body, body.Exports, body.Faults
	return shown, err
}

// networkPage is records of one kind, joined where they share records of another.
func (s *Server) networkPage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Network(c.Request().Context(), c.QueryParams())
	return page.Shown{Template: "network.html", Title: body.Title, Section: "/explore", Body: body, Exports: body.Exports}, err
}
