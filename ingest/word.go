package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxParagraphs is the most paragraphs of a Word document: a long report is far
// below it.
const maxParagraphs = 40_000

// word reads a Word document (.docx): its paragraphs, headings and lists, and what
// stands in tables, a cell after the other. What was struck out while changes are
// tracked, what is hidden, comments, and headers and footers are no part of it.
func word(f File) (note, *Problem) {
	refused := func(reason string) (note, *Problem) { return note{}, &Problem{File: f.Name, Reason: reason} }
	if bytes.HasPrefix(f.Body, []byte(oldOffice)) {
		return refused("this is an older kind of Word document, or one with a password; save it as .docx without a password")
	}
	part, err := textPart(f.Body)
	if err != nil {
		return refused("this is not a Word document that can be read (" + err.Error() + "); open it in Word and save it again, or paste its text")
	}
	var d document
	if err := d.read(part); err != nil {
		return refused("the document cannot be read (" + err.Error() + "); open it in Word and save it again, or paste its text")
	}
	n := d.note()
	if n.Title == "" {
		return refused("the document has no text; what is in pictures cannot be read")
	}
	return n, nil
}

// oldOffice is how documents and workbooks of the older kind begin, and such as have
// a password.
const oldOffice = "\xd0\xcf\x11\xe0"

// textPart is the part of a packed document that has its text.
func textPart(body []byte) ([]byte, error) {
	packed, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, errors.New("it is not packed as one")
	}
	file, err := packed.Open("word/document.xml")
	if err != nil {
		return nil, errors.New("it has no text part")
	}
	defer file.Close()
	part, err := io.ReadAll(io.LimitReader(file, maxUnzipped+1))
	switch {
	case err != nil:
		return nil, errors.New("it is damaged")
	case len(part) > maxUnzipped:
		return nil, fmt.Errorf("unpacked it has more than %d bytes", maxUnzipped)
	}
	return part, nil
}

// paragraph is a paragraph of a document.
type paragraph struct {
	text  strings.Builder
	style string // the name of its style, as the file has it: "Heading1"
	list  bool
}

// document is a document being read.
type document struct {
	done    []*paragraph
	open    []*paragraph // the innermost last: the text of a shape stands within a paragraph
	hidden  bool         // of the run that is read
	skipped int          // how deep it is in what is no part of the text
}

// read reads the text part. Names are compared without their name space, of which
// there are two: the usual one and that of strict documents.
func (d *document) read(part []byte) error {
	in := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := in.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errors.New("its markup is broken")
		}
		switch e := token.(type) {
		case xml.StartElement:
			if d.skipped > 0 || isSkipped(e.Name.Local) {
				d.skipped++
				continue
			}
			if err := d.start(in, e); err != nil {
				return err
			}
		case xml.EndElement:
			if d.skipped > 0 {
				d.skipped--
				continue
			}
			if e.Name.Local == "p" && len(d.open) > 0 {
				last := len(d.open) - 1
				d.done, d.open = append(d.done, d.open[last]), d.open[:last]
			}
		}
	}
}

// isSkipped tells whether what is in an element is no part of the text: it was
// struck out or moved away, or says a second time what an older program can show.
func isSkipped(name string) bool {
	switch name {
	case "del", "moveFrom", "Fallback", "instrText", "delText":
		return true
	}
	return false
}

func (d *document) start(in *xml.Decoder, e xml.StartElement) error {
	if e.Name.Local == "p" {
		if len(d.done)+len(d.open) == maxParagraphs {
			return fmt.Errorf("it has more than %d paragraphs", maxParagraphs)
		}
		d.open = append(d.open, &paragraph{})
	}
	if len(d.open) == 0 {
		return nil
	}
	p := d.open[len(d.open)-1]
	switch e.Name.Local {
	case "pStyle":
		p.style = value(e)
	case "numPr":
		p.list = true
	case "r":
		d.hidden = false
	case "vanish":
		d.hidden = value(e) != "0" && value(e) != "false"
	case "tab":
		p.text.WriteByte(' ')
	case "br", "cr":
		p.text.WriteByte('\n')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "t":
		var text string
		if err := in.DecodeElement(&text, &e); err != nil {
			return errors.New("its markup is broken")
		}
		if !d.hidden {
			p.text.WriteString(text)
		}
	}
	return nil
}

// value is what the attribute val of an element says.
func value(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}

// note makes a text of the paragraphs, of which the first is its title.
func (d *document) note() (n note) {
	var b strings.Builder
	listed := false
	for _, p := range d.done {
		text := strings.TrimSpace(p.text.String())
		if text == "" {
			continue
		}
		level := p.level()
		if n.Title == "" {
			n.Title = oneLine(text)
			continue
		}
		list := p.list && level == 0
		if b.Len() > 0 {
			b.WriteString("\n")
			if !list || !listed {
				b.WriteString("\n")
			}
		}
		switch listed = list; {
		case list:
			b.WriteString("- ")
		case level > 0:
			b.WriteString(strings.Repeat("#", min(level+1, 6)) + " ")
			text = oneLine(text)
		}
		b.WriteString(text)
	}
	n.Text = b.String()
	return n
}

// level is that of a heading, from 1; 0 for another paragraph.
func (p *paragraph) level() int {
	style := strings.ToLower(strings.ReplaceAll(p.style, " ", ""))
	if rest, ok := strings.CutPrefix(style, "heading"); ok && len(rest) == 1 && rest[0] >= '1' && rest[0] <= '9' {
		return int(rest[0] - '0')
	}
	return 0
}
