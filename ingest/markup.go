package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// silent are the elements whose insides nobody reads as part of a text.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Iframe: true,
	atom.Object: true, atom.Head: true, atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Input: true,
	atom.Math: true, atom.Canvas: true, atom.Audio: true, atom.Video: true,
}

// inline are the elements that go on with the line they stand in; every other
// one begins and ends a block.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true, atom.Data: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Img: true, atom.Ins: true, atom.Kbd: true,
	atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}

// typist writes a tree of markup as plain text: paragraphs parted by empty
// lines, headings behind number signs, list items behind hyphens, the cells of a
// row parted by bars.
type typist struct {
	done  strings.Builder
	line  strings.Builder // the block under way
	mark  string          // what the block under way begins with
	tight bool            // the last block and the next may stand without an empty line between
	pre   int             // how many elements around keep their line ends
}

// plainText is the text of a tree of markup.
func plainText(n *html.Node) string {
	var t typist
	t.write(n)
	t.end(false)
	return t.done.String()
}

// write writes a node and what is in it. The parser bounds how deep that goes.
func (t *typist) write(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		t.words(n.Data)
		return
	case html.ElementNode:
	default:
		t.children(n)
		return
	}
	switch {
	case silent[n.DataAtom]:
	case n.DataAtom == atom.Br:
		t.line.WriteByte('\n')
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		if strings.TrimSpace(t.line.String()) != "" {
			t.line.WriteString(" | ")
		}
		t.children(n)
	case inline[n.DataAtom]:
		t.children(n)
	default:
		t.block(n)
	}
}

func (t *typist) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.write(c)
	}
}

// block writes an element that stands on lines of its own.
func (t *typist) block(n *html.Node) {
	inCell := n.Parent != nil && (n.Parent.DataAtom == atom.Td || n.Parent.DataAtom == atom.Th)
	if inCell {
		t.line.WriteByte(' ')
		t.children(n)
		t.line.WriteByte(' ')
		return
	}
	tight := n.DataAtom == atom.Li || n.DataAtom == atom.Tr || n.DataAtom == atom.Dt || n.DataAtom == atom.Dd
	t.end(false)
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		t.mark = strings.Repeat("#", int(n.Data[1]-'0')) + " "
	case atom.Li:
		t.mark = "- "
	case atom.Pre:
		t.pre++
		defer func() { t.pre-- }()
	}
	t.children(n)
	t.end(tight)
	t.mark = ""
}

// words writes running text, its white space as single spaces.
func (t *typist) words(s string) {
	if t.pre > 0 {
		t.line.WriteString(s)
		return
	}
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == utf8.RuneError || r == '\uFEFF' || r == '\u200B' || r == '\u00AD' || unicode.IsControl(r):
			continue
		}
		if space {
			t.line.WriteByte(' ')
			space = false
		}
		t.line.WriteRune(r)
	}
	if space {
		t.line.WriteByte(' ')
	}
}

// end ends the block under way, if there is anything in it.
func (t *typist) end(tight bool) {
	var lines []string
	for line := range strings.SplitSeq(t.line.String(), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	t.line.Reset()
	if lines == nil {
		return
	}
	joint := "\n"
	if strings.HasPrefix(t.mark, "#") {
		joint = " "
	}
	switch {
	case t.done.Len() == 0:
	case t.tight && t.mark == "- " || t.tight && tight:
		t.done.WriteByte('\n')
	default:
		t.done.WriteString("\n\n")
	}
	t.done.WriteString(t.mark)
	t.done.WriteString(strings.Join(lines, joint))
	t.mark = ""
	t.tight = tight
}

// fragmentText is the text of a piece of markup, such as the body of a post.
func fragmentText(markup string) (string, error) {
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		return "", err
	}
	return plainText(root), nil
}

// inlineText is the text of a piece of markup as one line, such as a title.
func inlineText(markup string) string {
	text, err := fragmentText(markup)
	if err != nil {
		return ""
	}
	return oneLine(strings.TrimLeft(text, "#"))
}

// oneLine is a text with its white space as single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// attribute is the value of an element's attribute, "" for none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
