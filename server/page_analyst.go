package server

import (
	"github.com/labstack/echo/v4"

	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// matrixPage is which borough takes part in which project.
func (s *Server) matrixPage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Matrix(c.Request().Context(), c.QueryParams())
	return page.Shown{Template: "matrix.html", Title: "Boroughs and projects", Section: "/matrix", Body: body, Exports: body.Exports}, err
}

// participationPage is what is known of a borough in a project.
func (s *Server) participationPage(c echo.Context, r page.Reader) (page.Shown, error) {
	borough, project := record.NewID(record.BoroughKind, c.Param("borough")), record.NewID(record.ProjectKind, c.Param("project"))
	body, err := r.Participation(c.Request().Context(), borough, project)
	return page.Shown{Template: "participation.html", Title: body.Borough.Name + " in " + body.Project.Name, Section: "/matrix", Body: body,
		Crumbs:  []page.Place{{Name: "Boroughs and projects", Href: r.To("/matrix")}, {Name: body.Borough.Name + " in " + body.Project.Name}},
		Exports: []page.Place{{Name: "These links with their sentences (CSV)", Href: r.To("/export/participations.csv", "borough", string(borough), "project", string(project))}}}, err
}
