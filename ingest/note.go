package ingest

import (
	"fmt"
	"path"
	"strings"

	"lotigraph/record"
)

// note is a text found in a file that is not a text itself: a saved page, a post
// of a site, an item of a feed. What is stored and read is [note.file].
type note struct {
	Title, URL, Date, Author string // one line each, "" when not said
	Text                     string
	Part                     string // which part of its file it is, when the file has several
	Summary                  bool   // Text is a summary, which does not take the place of a fuller text
}

// file writes the note as a text with front matter. Its name is the file's, and
// behind a number sign the part's.
func (n note) file(name string) File {
	var b strings.Builder
	b.WriteString("---\n")
	for _, line := range []struct{ key, value string }{{"url", n.URL}, {"date", n.Date}, {"title", n.Title}, {"author", n.Author}} {
		if value := oneLine(line.value); value != "" {
			fmt.Fprintf(&b, "%s: %s\n", line.key, value)
		}
	}
	if n.Summary {
		b.WriteString(summaryLine)
	}
	b.WriteString("---\n\n")
	if n.Title != "" {
		fmt.Fprintf(&b, "# %s\n\n", oneLine(n.Title))
	}
	b.WriteString(n.Text)
	b.WriteByte('\n')
	if n.Part != "" {
		name += "#" + n.Part
	}
	return File{Name: name, Body: []byte(b.String())}
}

// summaryLine is the line of front matter that says that the text sums up a
// fuller one, whose place it does not take.
const summaryLine = "extent: summary\n"

// withoutTitle is a text without the heading at its top that only says its title.
func withoutTitle(text, title string) string {
	top, rest, _ := strings.Cut(text, "\n")
	if fold := record.Fold(strings.TrimLeft(top, "# ")); fold != "" && fold == record.Fold(title) {
		return strings.TrimLeft(rest, "\n")
	}
	return text
}

// The formats of files, by their endings.
type format uint8

const (
	textFormat  format = iota // .md, .txt and whatever else is named outright
	tableFormat               // .csv, .tsv
	bookFormat                // .xlsx
	linesFormat               // .jsonl, as export writes it
	pageFormat                // .html, .htm
	postFormat                // .json: posts of a WordPress site
	feedFormat                // .xml, .rss, .atom
	wordFormat                // .docx
)

var endings = map[string]format{
	".md": textFormat, ".txt": textFormat, ".csv": tableFormat, ".tsv": tableFormat, ".xlsx": bookFormat, ".jsonl": linesFormat, ".html": pageFormat, ".htm": pageFormat,
	".json": postFormat, ".xml": feedFormat, ".rss": feedFormat, ".atom": feedFormat, ".docx": wordFormat,
}

// formatOf is the format of a file. One that begins with front matter is a text
// whatever it is called: that is how a page looks that was read already.
func formatOf(f File) format {
	s := endings[strings.ToLower(path.Ext(f.Name))]
	if s >= pageFormat && strings.HasPrefix(string(f.Body[:min(len(f.Body), 4)]), "---\n") {
		return textFormat
	}
	return s
}

// IsTable tells whether a file of the name is a table or a workbook of tables.
func IsTable(name string) bool {
	s := endings[strings.ToLower(path.Ext(name))]
	return s == tableFormat || s == bookFormat
}

// IsLines tells whether a file of the name is an export as JSON Lines.
func IsLines(name string) bool { return endings[strings.ToLower(path.Ext(name))] == linesFormat }

// Texts are the texts in a file, each as a file of its own: a text is itself, a
// saved page is its article, an answer of a WordPress site its posts, a feed its
// items. A table has none.
func Texts(f File) ([]File, []Problem) {
	if len(f.Body) > maxMarkup {
		return nil, []Problem{{File: f.Name, Reason: fmt.Sprintf("%d bytes are more than the %d that such a file may have", len(f.Body), maxMarkup)}}
	}
	var notes []note
	var problems []Problem
	switch formatOf(f) {
	case textFormat:
		if what := notText(f.Body); what != "" {
			return nil, []Problem{{File: f.Name, Reason: what}}
		}
		return []File{f}, nil
	case wordFormat:
		n, problem := word(f)
		if problem != nil {
			return nil, []Problem{*problem}
		}
		notes = []note{n}
	case pageFormat:
		n, problem := page(f, "")
		if problem != nil {
			return nil, []Problem{*problem}
		}
		notes = []note{n}
	case postFormat:
		notes, problems = posts(f)
	case feedFormat:
		notes, problems = items(f, "")
	}
	files := make([]File, len(notes))
	for i, n := range notes {
		files[i] = n.file(f.Name)
	}
	return files, problems
}

// notText says what to do with a file that is plainly something else than a text, by
// how it begins; "" for what may be one.
func notText(body []byte) string {
	for _, one := range []struct{ begins, reason string }{
		{"%PDF-", "this is a PDF, which cannot be read; copy its text, and paste it or save it as .txt"},
		{"PK\x03\x04", "this is a packed file; a Word document must be called .docx and a workbook .xlsx, and of others the text can be pasted or saved as .txt"},
		{oldOffice, "this is an older kind of Word document or workbook; save it as .docx or .xlsx"},
		{"{\\rtf", "this is a document in Rich Text Format; save it as .docx or .txt"},
		{"\x89PNG", "this is a picture; what is in pictures cannot be read"},
		{"\xff\xd8\xff", "this is a picture; what is in pictures cannot be read"},
	} {
		if strings.HasPrefix(string(body[:min(len(body), len(one.begins))]), one.begins) {
			return one.reason
		}
	}
	return ""
}
