package server

import (
	"errors"

	"github.com/labstack/echo/v4"

	"lotigraph/inbox"
	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// correctPage is the form on which a proposed link is put right.
func (s *Server) correctPage(c echo.Context, r page.Reader) (page.Shown, error) {
	ctx := c.Request().Context()
	form, err := r.Correction(ctx, c.QueryParam("id"))
	if err != nil {
		return page.Shown{}, err
	}
	form.Back = local(c.QueryParam("back"))
	return correctionShown(form), nil
}

func correctionShown(form page.Correction) page.Shown {
	return page.Shown{Template: "inbox-correct.html", Title: "Put a link right", Section: "/inbox", Body: form, Faults: form.Faults}
}

// correct settles a link as it should have been read.
func (s *Server) correct(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return record.Invalid("", "this form cannot be read: %v", err)
	}
	ctx := c.Request().Context()
	return s.again(c, func(r page.Reader) (page.Shown, error) {
		r.Lens.Proposed = true
		form, err := r.Correction(ctx, values.Get("id"))
		if err != nil {
			return page.Shown{}, err
		}
		form.Back = local(values.Get("back"))
		correction := form.Read(ctx, r, values)
		if len(form.Faults) > 0 {
			return correctionShown(form), nil
		}
		entry, _, err := s.inbox.Correct(ctx, s.by(c), form.Link, correction)
		if form.Refused(asDecision(err)) {
			return correctionShown(form), nil
		}
		if err != nil {
			return page.Shown{}, err
		}
		return page.Shown{}, s.done(c, form.Back, []record.Entry{entry})
	})
}

// namePage is the form on which a name becomes a record, or another name of one.
func (s *Server) namePage(c echo.Context, r page.Reader) (page.Shown, error) {
	form, err := r.NameForm(c.Request().Context(), s.inbox, c.QueryParam("id"))
	form.Back = local(c.QueryParam("back"))
	return nameShown(form), err
}

func nameShown(form page.NameForm) page.Shown {
	return page.Shown{Template: "inbox-name.html", Title: form.Waiting.Question, Section: "/inbox", Body: form, Faults: form.Faults}
}

// acceptName makes a record of a name, as the form spells it, or lets a known
// record go by it.
func (s *Server) acceptName(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return record.Invalid("", "this form cannot be read: %v", err)
	}
	subject, err := inbox.ParseID(values.Get("id"))
	if err != nil {
		return record.Under("id", err)
	}
	ctx := c.Request().Context()
	return s.again(c, func(r page.Reader) (page.Shown, error) {
		form, err := r.NameForm(ctx, s.inbox, values.Get("id"))
		if err != nil {
			return page.Shown{}, err
		}
		form.Back = local(values.Get("back"))
		fresh, as := form.Read(ctx, r, values)
		if len(form.Faults) > 0 {
			return nameShown(form), nil
		}
		_, entries, err := s.inbox.AcceptName(ctx, s.by(c), subject.Kind, subject.Name, fresh, as)
		if form.Refused(asDecision(err)) {
			return nameShown(form), nil
		}
		if err != nil {
			return page.Shown{}, err
		}
		return page.Shown{}, s.done(c, form.Back, entries)
	})
}

// again answers a form: with what follows from it, or with the form as it was
// filled in, and what is wrong with it.
func (s *Server) again(c echo.Context, answer func(page.Reader) (page.Shown, error)) error {
	var shown page.Shown
	err := s.page(func(_ echo.Context, r page.Reader) (page.Shown, error) {
		var err error
		if shown, err = answer(r); err == nil && c.Response().Committed {
			err = errAnswered
		}
		return shown, err
	})(c)
	if errors.Is(err, errAnswered) {
		return nil
	}
	return err
}

// errAnswered ends the making of a page when there is an answer already.
var errAnswered = errors.New("answered")
