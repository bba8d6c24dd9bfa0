package ingest_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"lotigraph/ingest"
)

// packed is a Word document whose text part is this.
func packed(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + body + `</w:body></w:document>`))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordNote = `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Weeknote 8 of 2026</w:t></w:r></w:p>
<w:p><w:r><w:t>Eddie Copeland</w:t></w:r></w:p>
<w:p><w:r><w:t>4 November 2026</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Lamps</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Camden and </w:t></w:r><w:del><w:r><w:delText>Barnet</w:delText></w:r></w:del><w:ins><w:r><w:t>Sutton</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> (keep this quiet)</w:t></w:r><w:hyperlink><w:r><w:t xml:space="preserve"> joined the Data Ethics Project</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>
<w:p/>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t><w:tab/><w:t>thing</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>another</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Brent leads it.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Around the box.</w:t></w:r></w:p>`

const wordWanted = `---
title: Weeknote 8 of 2026
---

# Weeknote 8 of 2026

Eddie Copeland

4 November 2026

## Lamps

Camden and Sutton joined the Data Ethics Project.

- one thing
- another

Brent leads it.

In a box.

Around the box.
`

// A Word document is the text that a reader of it sees.
func TestWord(t *testing.T) {
	list, problems := ingest.Texts(ingest.File{Name: "note.docx", Body: packed(t, wordNote)})
	if len(list) != 1 || len(problems) > 0 {
		t.Fatalf("%d texts, problems %v", len(list), problems)
	}
	if got := string(list[0].Body); got != wordWanted {
		t.Errorf("read as\n%s\nwant\n%s", got, wordWanted)
	}
}

// What cannot be read is said with what to do, and is no fault of ours.
func TestNotWord(t *testing.T) {
	for name, one := range map[string]struct{ body, says string }{
		"old.docx":    {"\xd0\xcf\x11\xe0 whatever", "save it as .docx without a password"},
		"torn.docx":   {string(packed(t, wordNote)[:200]), "not a Word document that can be read"},
		"broken.docx": {string(packed(t, "<w:p><w:r><w:t>A title</w:p>")), "its markup is broken"},
		"empty.docx":  {string(packed(t, "<w:p/>")), "has no text"},
		"many.docx":   {string(packed(t, strings.Repeat("<w:p/>", 40_001))), "more than 40000 paragraphs"},
		"scan.pdf":    {"%PDF-1.7 …", "this is a PDF"},
		"memo.odt":    {"PK\x03\x04 mimetype", "packed file"},
		"note.rtf":    {`{\rtf1 Hello}`, "Rich Text Format"},
		"photo.txt":   {"\x89PNG\r\n", "a picture"},
	} {
		list, problems := ingest.Texts(ingest.File{Name: name, Body: []byte(one.body)})
		if len(list) > 0 || len(problems) != 1 || !strings.Contains(problems[0].Reason, one.says) {
			t.Errorf("%s: %d texts, problems %v, want %q", name, len(list), problems, one.says)
		}
	}
}
