package server

import (
	"github.com/labstack/echo/v4"

	"lotigraph/server/internal/answer"
	"lotigraph/server/internal/page"
)

// askPage is where questions are asked, and their answers.
func (s *Server) askPage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Ask(c.Request().Context(), c.QueryParams(), s.today())
	if body.Answer != nil {
		body.Answer.Operation = answer.OperationOf(body.Answer.Got)
	}
	title := "Ask a question"
	if body.Answer != nil && body.Answer.Understood != "" {
		title = body.Answer.Understood
	}
	return page.Shown{Template: "ask.html", Title: title, Section: "/ask", Body: body, Faults: body.Faults}, err
}
