package page

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lotigraph/ingest"
	"lotigraph/record"
)

// AddForm is the form on which a text or a file is added.
type AddForm struct {
	title                           string // the first line of the text
	Text, Address, Date, Visibility string
	Accept                          bool
	Uploading                       bool      // whether a file was sent and not a text
	ID                              record.ID // of the text that this is a new version of, "" for another text
	Changes                         string    // its name
	Version                         int       // the one that was there to be changed
	Faults
}

// ChangeForm is the form with a text there is, to be changed: what comes back is a
// new version of it.
func (r Reader) ChangeForm(ctx context.Context, id record.ID) (form AddForm, err error) {
	n, err := r.View.Graph.OwnNode(ctx, r.Lens, id)
	if err != nil {
		return form, err
	}
	if n.Weeknote == nil {
		return form, record.Invalid("id", "%s is no text; /edit changes other records", id)
	}
	t, err := r.View.Graph.Text(ctx, r.Lens, id, 0)
	form = AddForm{ID: id, Changes: n.Name, Version: n.Weeknote.Version, Text: t.Body}
	if !strings.HasPrefix(t.Body, "---\n") {
		form.Address = n.URL
	}
	return form, err
}

// NewVersion makes a file a new version of the text that the form changes: a text
// without an address is known by the name of its file. That the text was changed since
// the form was opened is a fault, which sent again would not be.
func (r Reader) NewVersion(ctx context.Context, form *AddForm, f *ingest.File) error {
	if form.ID == "" {
		form.Version = 0
		return nil
	}
	n, err := r.View.Graph.OwnNode(ctx, r.Lens, form.ID)
	if err != nil || n.Weeknote == nil {
		return err
	}
	f.Name = n.Weeknote.Source
	if form.Version != n.Weeknote.Version {
		form.Version = n.Weeknote.Version
		form.add("text", record.Conflict("somebody else changed this text since you opened it; look at it in another window, and send the form again if yours shall stand"))
	}
	return nil
}

// File is the pasted text as a file. Its address is what it is known by later;
// a text without one is known by its first line.
func (form *AddForm) File() ingest.File {
	text := strings.ReplaceAll(form.Text, "\r\n", "\n")
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	first = strings.TrimSpace(strings.TrimLeft(first, "# "))
	if first == "" {
		form.add("text", record.Invalid("", "paste the text"))
		return ingest.File{}
	}
	form.title = first
	form.date("date", form.Date)
	if form.Address != "" && !strings.HasPrefix(form.Address, "https://") && !strings.HasPrefix(form.Address, "http://") {
		form.add("address", record.Invalid("", "enter the whole address, beginning with https://"))
	}
	head := ""
	for _, line := range [][2]string{{"url", form.Address}, {"date", form.Date}} {
		if line[1] != "" {
			head += line[0] + ": " + line[1] + "\n"
		}
	}
	if head != "" && !strings.HasPrefix(text, "---\n") {
		text = "---\n" + head + "---\n" + text
	}
	return ingest.File{Name: fileName(first), Body: []byte(text)}
}

// Called is what people call the file that the form sends: a pasted text has only
// its first line.
func (form *AddForm) Called(f ingest.File) string {
	if form.Uploading {
		return f.Name
	}
	switch title := []rune(form.title); {
	case form.Changes != "":
		return form.Changes
	case strings.Trim(form.title, "-") == "": // front matter, which has the title further down
		return "this text"
	case len(title) > 80:
		return "“" + string(title[:80]) + "…”"
	}
	return "“" + form.title + "”"
}

// fileName makes a file's name of a title.
func fileName(title string) string {
	clean := strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) || c < ' ' {
			return '-'
		}
		return c
	}, title)
	if runes := []rune(clean); len(runes) > 80 {
		clean = string(runes[:80])
	}
	return strings.TrimSpace(clean) + ".md"
}

// Report is what an import would do, or has done.
type Report struct {
	Name     string
	Key      string
	Done     bool
	Lines    []string // what, in words
	Unknown  []string
	Problems []string
	Saved    []Place
	Tried    Tried
	Changes  bool   // whether it changes a text that is there
	Useless  bool   // whether it would change nothing
	Inbox    string // where what it proposes waits
}

// Report puts an import into words.
func (r Reader) Report(ctx context.Context, in ingest.Report, name string, done bool) (Report, error) {
	out := Report{Name: name, Done: done}
	for _, one := range []struct {
		n         int
		one, many string
	}{
		{in.Added, "text added", "texts added"}, {in.Changed, "text changed, as a new version", "texts changed, each as a new version"},
		{in.Unchanged, "text that is here already, unchanged", "texts that are here already, unchanged"}, {in.Withdrawn, "text left alone, because it was withdrawn", "texts left alone, because they were withdrawn"},
		{in.RecordsAdded, "record added", "records added"}, {in.RecordsChanged, "record changed", "records changed"},
		{in.LinksConfirmed, "link from a table, confirmed", "links from a table, confirmed"}, {in.LinksProposed, "link proposed for review", "links proposed for review"},
		{in.LinksSupported, "known link with new evidence", "known links with new evidence"}, {in.Mentions, "mention of a known record", "mentions of known records"},
	} {
		if one.n > 0 {
			out.Lines = append(out.Lines, Count(one.n, one.one, one.many))
		}
	}
	for _, u := range in.Unknown {
		out.Unknown = append(out.Unknown, fmt.Sprintf("%s (%s)", u.Name, u.Kind.Label()))
	}
	for _, p := range in.Problems {
		out.Problems = append(out.Problems, problemWords(p))
	}
	out.Useless = in.Nothing()
	if !done {
		if in.Trial != nil {
			out.Tried = tried(*in.Trial)
		}
		return out, nil
	}
	r.Lens.Proposed = true
	for _, id := range in.Saved {
		n, err := r.View.Graph.Node(ctx, r.Lens, id)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Saved = append(out.Saved, r.Place(n))
		if n.Weeknote != nil && out.Inbox == "" {
			out.Inbox = "/inbox"
			if in.Added+in.Changed == 1 {
				out.Inbox = Reader{}.To("/inbox", "source", string(n.ID))
			}
		}
	}
	return out, nil
}

// problemWords says where in a file something is wrong, and why: people have one
// file before them, and count its lines from 1.
func problemWords(p ingest.Problem) string {
	var where []string
	add := func(word, value string) {
		if value != "" {
			where = append(where, word+value)
		}
	}
	line := ""
	if p.Line > 0 {
		line = itoa(p.Line)
	}
	add("sheet ", p.Sheet)
	if p.Sheet == "" {
		add("line ", line)
	} else {
		add("row ", line)
	}
	add("column ", p.Column)
	add("", strings.TrimPrefix(p.Field, "text."))
	if len(where) == 0 {
		return record.Capital(Quoted(p.Reason))
	}
	return record.Capital(strings.Join(where, ", ")) + ": " + Quoted(p.Reason)
}
