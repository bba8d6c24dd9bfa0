package server

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// uploads refuses files that no import would take.
var uploads = middleware.BodyLimit("24M")

// addPage is where texts, files, records and links are added.
func (s *Server) addPage(c echo.Context, r page.Reader) (page.Shown, error) {
	if one, ok := s.held.get(c.QueryParam("key"), s.config.Now()); ok && !one.done {
		return addShown(one.form), nil
	}
	id := c.QueryParam("id")
	if id == "" {
		return addShown(page.AddForm{}), nil
	}
	form, err := r.ChangeForm(c.Request().Context(), record.ID(id))
	return addShown(form), err
}

func addShown(form page.AddForm) page.Shown {
	title := "Add"
	if form.ID != "" {
		title = "Change " + form.Changes
	}
	return page.Shown{Template: "add.html", Title: title, Section: "/add", Body: form, Faults: form.Faults}
}

// tryAdd shows what adding a text or file would do, and keeps it for the answer.
func (s *Server) tryAdd(c echo.Context) error {
	form, file, o, err := s.sent(c)
	if err != nil {
		return err
	}
	return s.again(c, func(r page.Reader) (page.Shown, error) {
		if len(form.Faults) > 0 {
			return addShown(form), nil
		}
		if err := r.NewVersion(c.Request().Context(), &form, &file); err != nil {
			return page.Shown{}, err
		}
		if len(form.Faults) > 0 {
			return addShown(form), nil
		}
		o.DryRun, o.Replaces = true, form.Version
		report, err := s.importer.File(c.Request().Context(), file, o)
		if err != nil {
			return page.Shown{}, err
		}
		o.DryRun = false
		key := s.held.put(held{file: file, form: form, called: form.Called(file), options: o, report: report}, s.config.Now())
		return page.Shown{}, c.Redirect(http.StatusSeeOther, "/add/check?key="+key)
	})
}

// sent reads the form of a text or a file.
func (s *Server) sent(c echo.Context) (form page.AddForm, file ingest.File, o ingest.Options, err error) {
	o = ingest.Options{Actor: viewerOf(c.Request().Context()).Name, AcceptNew: c.FormValue("accept") == "true", Now: s.config.Now}
	form = page.AddForm{Text: c.FormValue("text"), Address: strings.TrimSpace(c.FormValue("address")), Date: strings.TrimSpace(c.FormValue("date")),
		Visibility: c.FormValue("visibility"), Accept: o.AcceptNew, ID: record.ID(c.FormValue("id")), Changes: c.FormValue("changes")}
	form.Version, _ = strconv.Atoi(c.FormValue("version")) // none is no version that there is
	if o.Visibility, err = record.ParseVisibility(form.Visibility); err != nil {
		return form, file, o, record.Under("visibility", err)
	}
	if c.FormValue("what") == "text" {
		file = form.File()
		return form, file, o, nil
	}
	form.Uploading = true
	upload, err := c.FormFile("file")
	switch {
	case errors.Is(err, echo.ErrStatusRequestEntityTooLarge):
		return form, file, o, err
	case errors.Is(err, http.ErrMissingFile) || err == nil && upload.Size == 0:
		form.Faults = page.Faults{{Field: "file", Text: "Choose a file that is not empty"}}
		return form, file, o, nil
	case err != nil:
		return form, file, o, record.Invalid("file", "this upload cannot be read: %v", err)
	}
	file, err = read(upload)
	return form, file, o, err
}

func read(upload *multipart.FileHeader) (ingest.File, error) {
	f, err := upload.Open()
	if err != nil {
		return ingest.File{}, err
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	return ingest.File{Name: path.Base(strings.ReplaceAll(upload.Filename, `\`, "/")), Body: body}, err
}

// addCheckPage says what adding something would do, or has done.
func (s *Server) addCheckPage(c echo.Context, r page.Reader) (page.Shown, error) {
	one, ok := s.held.get(c.QueryParam("key"), s.config.Now())
	if !ok {
		return page.Shown{}, record.NotFound("what you sent is not kept any more; send it again")
	}
	body, err := r.Report(c.Request().Context(), one.report, one.called, one.done)
	body.Key, body.Changes = one.key, one.form.ID != ""
	doing, did := "adding ", " was added"
	if one.form.ID != "" {
		doing, did = "changing ", " was changed"
	}
	title := "What " + doing + one.called + " would do"
	if one.done {
		title = one.called + did
	}
	return page.Shown{Template: "add-check.html", Title: title, Section: "/add", Body: body}, err
}

// add adds what was looked at.
func (s *Server) add(c echo.Context) error {
	one, ok := s.held.get(c.FormValue("key"), s.config.Now())
	if !ok {
		return record.NotFound("what you sent is not kept any more; send it again")
	}
	if !one.done {
		report, err := s.importer.File(c.Request().Context(), one.file, one.options)
		if err != nil {
			return err
		}
		if err := s.publisher.Wait(c.Request().Context(), report.Version); err != nil {
			return err
		}
		s.held.finish(one.key, report)
	}
	return c.Redirect(http.StatusSeeOther, "/add/check?key="+url.QueryEscape(one.key))
}
