package server

import (
	"context"
	"net/url"

	"github.com/labstack/echo/v4"

	"lotigraph/inbox"
	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// editPage is the form of a record: a new one of a kind, or one there is.
func (s *Server) editPage(c echo.Context, r page.Reader) (page.Shown, error) {
	form, err := r.RecordForm(c.Request().Context(), record.ID(c.QueryParam("id")), c.QueryParam("kind"))
	return recordShown(form), err
}

func recordShown(form page.RecordForm) page.Shown {
	return page.Shown{Template: "edit.html", Title: form.Title, Section: "/add", Body: form, Faults: form.Faults}
}

// edit saves a record as the form has it.
func (s *Server) edit(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return record.Invalid("", "this form cannot be read: %v", err)
	}
	ctx := c.Request().Context()
	return s.again(c, func(r page.Reader) (page.Shown, error) {
		form, err := r.RecordForm(ctx, record.ID(values.Get("id")), values.Get("kind"))
		if err != nil {
			return page.Shown{}, err
		}
		save, expect := form.Read(values)
		if len(form.Faults) > 0 {
			return recordShown(form), nil
		}
		entries, err := s.inbox.SaveNode(ctx, s.by(c), save, expect...)
		if form.Refused(asDecision(err)) {
			return recordShown(form), nil
		}
		if err != nil {
			return page.Shown{}, err
		}
		return page.Shown{}, s.done(c, page.At(record.ID(entries[0].Saved[0].ID)), entries)
	})
}

// linkPage is the form of a link that a person adds with its evidence.
func (s *Server) linkPage(c echo.Context, r page.Reader) (page.Shown, error) {
	form, err := r.LinkForm(c.Request().Context(), c.QueryParams())
	return linkShown(form), err
}

func linkShown(form page.LinkForm) page.Shown {
	return page.Shown{Template: "add-link.html", Title: "Add a link", Section: "/add", Body: form, Faults: form.Faults}
}

// addLink saves a link as the form has it.
func (s *Server) addLink(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return record.Invalid("", "this form cannot be read: %v", err)
	}
	ctx := c.Request().Context()
	return s.again(c, func(r page.Reader) (page.Shown, error) {
		form, err := r.LinkForm(ctx, url.Values{})
		if err != nil {
			return page.Shown{}, err
		}
		link := form.Read(ctx, r, values)
		if len(form.Faults) > 0 {
			return linkShown(form), nil
		}
		by := s.by(c)
		entry, err := s.store.Commit(ctx, record.Change{ID: by.ChangeID, Time: by.Now, Actor: by.Actor, Reason: by.Reason, Ops: []record.Op{{SaveLink: &record.SaveLink{Link: link}}}})
		if form.Refused(asDecision(err)) {
			return linkShown(form), nil
		}
		if err != nil {
			return page.Shown{}, err
		}
		return page.Shown{}, s.done(c, page.At(link.From), []record.Entry{entry})
	})
}

// withdraw takes back a text, a record or a link.
func (s *Server) withdraw(c echo.Context) error {
	return s.decide(c, func(ctx context.Context, by inbox.By) ([]record.Entry, error) {
		return single(s.inbox.Withdraw(ctx, by, c.FormValue("id"), nil))
	})
}

// restore lets what was withdrawn stand again.
func (s *Server) restore(c echo.Context) error {
	return s.decide(c, func(ctx context.Context, by inbox.By) ([]record.Entry, error) {
		return s.inbox.Restore(ctx, by, c.FormValue("id"))
	})
}

// historyPage is what was changed, of one thing or of everything, newest first.
func (s *Server) historyPage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.History(c.Request().Context(), c.QueryParam("id"), c.QueryParam("before"))
	return page.Shown{Template: "history.html", Title: body.Title, Section: "/history", Body: body}, err
}
