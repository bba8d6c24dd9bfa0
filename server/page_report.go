package server

import (
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// mistakes limits how many mistakes an address may report: five times, then once
// in two minutes.
func mistakes() *middleware.RateLimiterMemoryStore {
	return middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{Rate: 1. / 120, Burst: 5, ExpiresIn: time.Hour})
}

// reportPage is a link with its sentences and the rules that read them, and the
// form on which anybody can say that it is wrong.
func (s *Server) reportPage(c echo.Context, r page.Reader) (page.Shown, error) {
	form, err := r.Mistake(c.Request().Context(), c.QueryParam("link"))
	form.Sent = c.QueryParam("sent") == "true"
	return s.reportShown(form), err
}

func (s *Server) reportShown(form page.Mistake) page.Shown {
	form.Takes = s.gate.on
	return page.Shown{Template: "report.html", Title: "Report a mistake", Body: form, Faults: form.Faults}
}

// takeReport takes what somebody says against a link into the inbox. How to reach them
// goes to the log of the service alone: the data are open, and kept for ever.
func (s *Server) takeReport(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return record.Invalid("", "this form cannot be read: %v", err)
	}
	if err := s.mayReport(c); err != nil {
		return err
	}
	ctx := c.Request().Context()
	return s.again(c, func(r page.Reader) (page.Shown, error) {
		form, err := r.Mistake(ctx, values.Get("link"))
		if err != nil {
			return page.Shown{}, err
		}
		form.Read(values)
		if len(form.Faults) > 0 {
			return s.reportShown(form), nil
		}
		by := s.by(c)
		if by.Actor == "" {
			by.Actor = "a reader"
		}
		by.Reason = ""
		entry, err := s.inbox.Report(ctx, by, form.Link, form.Says)
		if form.Refused(asDecision(err)) {
			return s.reportShown(form), nil
		}
		if err != nil {
			return page.Shown{}, asDecision(err)
		}
		if form.Contact != "" {
			s.log.InfoContext(ctx, "somebody who reported a mistake can be reached", "report", entry.Saved[0].ID, "contact", form.Contact)
		}
		return page.Shown{}, s.done(c, r.To("/report", "link", form.Link, "sent", "true"), []record.Entry{entry})
	})
}

// mayReport tells whether a report may come in now.
func (s *Server) mayReport(c echo.Context) error {
	if !s.gate.on {
		return refuse(record.ErrForbidden, "this service takes no reports, since nobody can sign in to settle them; tell whoever runs it")
	}
	if ok, err := s.mistakes.Allow(c.RealIP()); err != nil || !ok {
		c.Response().Header().Set(echo.HeaderRetryAfter, "120")
		return refuse(errTooOften, "there were many reports from your network; wait two minutes, then send it again")
	}
	return nil
}
