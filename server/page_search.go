package server

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// homePage is the front page.
func (s *Server) homePage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Home(c.Request().Context())
	return page.Shown{Template: "home.html", Title: "LOTI Graph", Body: body}, err
}

// searchPage is the results of a search; without a query it lists everything.
func (s *Server) searchPage(c echo.Context, r page.Reader) (page.Shown, error) {
	ctx := c.Request().Context()
	body, err := r.Search(ctx, c.QueryParams())
	if err == nil {
		body.Answer, err = r.AnswerOf(ctx, c.QueryParams(), s.today())
	}
	return page.Shown{Template: "search.html", Title: body.Restated, Section: "/search", Body: body}, err
}

// suggest answers what is being typed, for the script that shows suggestions. An
// address may ask for some kinds alone.
func (s *Server) suggest(c echo.Context) error {
	views, err := s.openViews(c.Request().Context())
	if err != nil {
		return err
	}
	defer views.close()
	lens, err := lensOf(c.QueryParams(), record.Lens{Viewer: views.viewer})
	if err != nil {
		return err
	}
	kinds, err := parsed("kind", c.QueryParams()["kind"], record.ParseKind)
	if err != nil {
		return err
	}
	found, err := page.Reader{View: views.newest(), Lens: lens}.Suggest(c.Request().Context(), strings.TrimSpace(c.QueryParam("q")), kinds)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "private, no-cache")
	return c.JSON(http.StatusOK, found)
}
