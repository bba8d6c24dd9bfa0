package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"lotigraph/inbox"
	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// inboxPage is what waits for a person.
func (s *Server) inboxPage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Inbox(c.Request().Context(), s.inbox, c.QueryParams())
	return page.Shown{Template: "inbox.html", Title: body.Says + " for a person", Section: "/inbox", Body: body}, err
}

// inboxAllPage is what settling all of one rule or source would settle.
func (s *Server) inboxAllPage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Everything(c.Request().Context(), s.inbox, c.QueryParams())
	return page.Shown{Template: "inbox-all.html", Title: "Settle " + body.Says + " at once", Section: "/inbox", Body: body}, err
}

// inboxMergePage is what merging two records would do.
func (s *Server) inboxMergePage(c echo.Context, r page.Reader) (page.Shown, error) {
	body, err := r.Merge(c.Request().Context(), s.inbox, record.ID(c.QueryParam("from")), record.ID(c.QueryParam("into")))
	return page.Shown{Template: "inbox-merge.html", Title: "Merge " + body.From.Name + " into " + body.Into.Name, Section: "/inbox", Body: body}, err
}

// decideInbox takes a decision on one thing that waits: do is accept or reject.
func (s *Server) decideInbox(c echo.Context) error {
	subject, err := inbox.ParseID(c.FormValue("id"))
	if err != nil {
		return record.Under("id", err)
	}
	yes := c.FormValue("do") == "accept"
	if !yes && c.FormValue("do") != "reject" {
		return record.Invalid("do", "%q is neither accept nor reject", c.FormValue("do"))
	}
	return s.decide(c, func(ctx context.Context, by inbox.By) ([]record.Entry, error) {
		switch {
		case subject.Sort == inbox.Link && yes:
			return s.inbox.Settle(ctx, by, subject.Link, record.Confirmed)
		case subject.Sort == inbox.Link:
			return s.inbox.Settle(ctx, by, subject.Link, record.Rejected)
		case subject.Sort == inbox.Reported:
			return single(s.inbox.SettleReport(ctx, by, subject.Report, yes))
		case subject.Sort == inbox.Name && yes:
			_, entries, err := s.inbox.AcceptName(ctx, by, subject.Kind, subject.Name, &inbox.NewRecord{}, "")
			return entries, settledSince(err)
		case subject.Sort == inbox.Name:
			entry, err := s.inbox.DismissName(ctx, by, subject.Kind, subject.Name)
			return []record.Entry{entry}, settledSince(err)
		case yes:
			return single(s.inbox.Merge(ctx, by, subject.Gone, subject.Kept))
		}
		return single(s.inbox.Part(ctx, by, subject.Kept, subject.Gone))
	})
}

// settledSince is what whoever decides on a name is told when it waits no more: they
// saw it waiting.
func settledSince(err error) error {
	if errors.Is(err, record.ErrNotFound) {
		return record.Conflict("the name does not wait any more: somebody settled it, or its text was read again")
	}
	return err
}

// decideAll settles all that one rule or source has proposed.
func (s *Server) decideAll(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return record.Invalid("", "this form cannot be read: %v", err)
	}
	f, err := page.InboxFilter(form)
	if err != nil {
		return err
	}
	status := record.Rejected
	if form.Get("do") == "accept" {
		status = record.Confirmed
	}
	return s.decide(c, func(ctx context.Context, by inbox.By) ([]record.Entry, error) {
		return s.inbox.ReviewAll(ctx, by, f, status)
	})
}

// decideMerge merges two records.
func (s *Server) decideMerge(c echo.Context) error {
	return s.decide(c, func(ctx context.Context, by inbox.By) ([]record.Entry, error) {
		return single(s.inbox.Merge(ctx, by, record.ID(c.FormValue("from")), record.ID(c.FormValue("into"))))
	})
}

// undo takes back a change.
func (s *Server) undo(c echo.Context) error {
	number, err := strconv.ParseUint(c.FormValue("change"), 10, 64)
	if err != nil {
		return record.Invalid("change", "%q is not the number of a change", c.FormValue("change"))
	}
	return s.decide(c, func(ctx context.Context, by inbox.By) ([]record.Entry, error) {
		entries, err := s.inbox.Undo(ctx, by, number)
		if errors.Is(err, record.ErrConflict) {
			err = record.Conflict("change %d cannot be undone, since what it did was changed again; undo the later change first, or look whether it was undone already", number)
		}
		return entries, err
	})
}

// by says who decides.
func (s *Server) by(c echo.Context) inbox.By {
	return inbox.By{Actor: viewerOf(c.Request().Context()).Name, Reason: strings.TrimSpace(c.FormValue("reason")), ChangeID: "page:" + rand.Text(), Now: s.config.Now().UTC()}
}

// decide takes a decision and goes back to where it was taken, with a notice of
// the change, from which it can be undone.
func (s *Server) decide(c echo.Context, do func(context.Context, inbox.By) ([]record.Entry, error)) error {
	ctx := c.Request().Context()
	entries, err := do(ctx, s.by(c))
	if err != nil {
		return asDecision(err)
	}
	return s.done(c, c.FormValue("back"), entries)
}

// done waits until pages show the changes, and leads back.
func (s *Server) done(c echo.Context, back string, entries []record.Entry) error {
	var last uint64
	for _, e := range entries {
		last = max(last, e.Number)
	}
	if err := s.publisher.Wait(c.Request().Context(), last); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, noticed(local(back), entries))
}

// noticed is an address that tells of the first of some changes.
func noticed(back string, entries []record.Entry) string {
	at, err := url.Parse(back)
	if err != nil || len(entries) == 0 {
		return back
	}
	q := at.Query()
	q.Set("change", fmt.Sprint(entries[0].Number))
	at.RawQuery = q.Encode()
	return at.String()
}
