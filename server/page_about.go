package server

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"lotigraph/quality"
	"lotigraph/record"
	"lotigraph/server/internal/answer"
	"lotigraph/server/internal/page"
	"lotigraph/view"
)

// workLists are the lists of what wants a person's care.
func (s *Server) workLists(ctx context.Context, v *view.View, l record.Lens) ([]quality.List, error) {
	found, err := s.quality.Find(ctx, v.Graph, l, s.today())
	return found.Lists, err
}

// service is what pages say of the service itself.
func (s *Server) service(c echo.Context, r page.Reader) page.Service {
	base := s.config.PublicURL
	if base == "" {
		base = c.Scheme() + "://" + c.Request().Host
	}
	return page.Service{Version: answer.Version(r.View.Version()), Licence: s.config.Licence, Base: strings.TrimRight(base, "/"), Contact: s.config.Contact, Today: s.today()}
}

// aboutPage is what the data is and how far it can be trusted.
func (s *Server) aboutPage(c echo.Context, r page.Reader) (page.Shown, error) {
	shown := page.Shown{Template: "about.html", Title: "About the data"}
	found, err := s.quality.Latest(c.Request().Context(), r.View.Graph, r.Lens, s.today(), s.beside)
	if err != nil {
		return shown, err
	}
	shown.Body, err = r.About(c.Request().Context(), found, s.service(c, r))
	return shown, err
}

// workListPage is one of the lists of what wants a person's care.
func (s *Server) workListPage(c echo.Context, r page.Reader) (page.Shown, error) {
	found, err := s.quality.Latest(c.Request().Context(), r.View.Graph, r.Lens, s.today(), s.beside)
	if err != nil {
		return page.Shown{}, err
	}
	body, err := r.WorkList(c.Request().Context(), found, c.Param("name"), c.QueryParams())
	return page.Shown{Template: "worklist.html", Title: body.Title, Body: body,
		Crumbs: []page.Place{{Name: "About the data", Href: r.To("/about")}, {Name: body.Title}}}, err
}

// accessibilityPage is the accessibility statement.
func (s *Server) accessibilityPage(c echo.Context, r page.Reader) (page.Shown, error) {
	return page.Shown{Template: "accessibility.html", Title: "Accessibility statement", Body: s.service(c, r)}, nil
}

// developersPage is for those who build on this.
func (s *Server) developersPage(c echo.Context, r page.Reader) (page.Shown, error) {
	return page.Shown{Template: "developers.html", Title: "For developers", Body: r.Developers(s.service(c, r))}, nil
}
