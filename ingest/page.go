package ingest

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"lotigraph/record"
)

// The bounds of a saved page: what a browser saves is far below them.
const (
	maxElements = 40_000
	maxMarkup   = 16 << 20 // bytes of a file of markup
)

// page reads a saved web page: the article in it, without the menus, banners and
// footers around. The media type, "" when not known, may say the character set.
func page(f File, mediaType string) (note, *Problem) {
	refused := func(format string, args ...any) (note, *Problem) {
		return note{}, &Problem{File: f.Name, Reason: fmt.Sprintf(format, args...)}
	}
	body, err := decoded(f.Body, mediaType)
	if err != nil {
		return refused("the page is in a character set that we cannot read (%v); save it as UTF-8", err)
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return refused("this is not a web page that can be read: %v", err)
	}
	var head head
	if n := head.read(root); n > maxElements {
		return refused("%d elements are more than the %d that a page may have", n, maxElements)
	}
	sweep(root)
	heading := headingOf(root)
	text, title, byline := article(root)
	n := note{Title: titleOf(heading, first(title, head.title), head.site), URL: webAddress(head.address), Date: head.date,
		Author: nameOf(first(head.author, byline)), Text: text}
	n.Text = withoutTitle(n.Text, n.Title)
	switch {
	case n.Text == "" && head.scripts > 0:
		return refused("the page has no text of its own: scripts make it while it is shown; open it in a browser and save it from there, or copy its text into a .txt file")
	case n.Text == "":
		return refused("there is no text on the page")
	case n.Title == "":
		return refused("the page has neither a title nor a heading")
	}
	return n, nil
}

// article is the reading view of a page that was swept: the library's, or where
// it finds nothing all that is left.
func article(root *html.Node) (text, title, byline string) {
	rest := plainText(mainPart(root))
	reader := readability.NewParser()
	reader.MaxElemsToParse = maxElements
	found, err := reader.ParseAndMutate(root, nil)
	if err != nil || found.Node == nil {
		return rest, "", ""
	}
	if text = plainText(found.Node); len(text) < len(rest)/10 {
		text = rest // a page of short lines, of which the library took one for the article
	}
	return text, oneLine(found.Title()), oneLine(found.Byline())
}

// headingOf is the first heading of the first order.
func headingOf(root *html.Node) string {
	for n := range root.Descendants() {
		if n.DataAtom == atom.H1 {
			if words := oneLine(plainWords(n)); words != "" {
				return words
			}
		}
	}
	return ""
}

// titleOf is a page's title. Where it is the heading and the name of the site
// beside it, the heading.
func titleOf(heading, title, site string) string {
	if title == "" {
		return heading
	}
	if heading == "" || record.Fold(heading) == record.Fold(site) {
		return title
	}
	for _, joint := range []string{" | ", " – ", " — ", " - ", " · ", " » ", " « "} {
		if strings.HasPrefix(title, heading+joint) || strings.HasSuffix(title, joint+heading) {
			return heading
		}
	}
	return title
}

// mainPart is the element that says of itself that it holds the main part, else
// the whole page.
func mainPart(root *html.Node) *html.Node {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Main || attribute(n, "role") == "main" {
			return n
		}
	}
	return root
}

var (
	furnitureName = regexp.MustCompile(`(?i)\b(?:cookies?|consent|gdpr|ccpa)\b|cookie|consent-?banner|skip-?link|screen-reader-text|sr-only|share-?buttons|sharedaddy|site-?footer|site-?nav|breadcrumbs?\b`)
	furnitureRole = regexp.MustCompile(`^(?:navigation|banner|contentinfo|dialog|alertdialog|search|menu|menubar)$`)
)

// sweep takes what is not the page's own text out of it: menus, footers, banners
// that ask for consent, what is hidden.
func sweep(root *html.Node) {
	var gone []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && isFurniture(n) {
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

func isFurniture(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	case atom.Nav, atom.Dialog:
		return true
	case atom.Footer, atom.Header:
		return within(n, atom.Article) == nil && within(n, atom.Main) == nil
	case atom.A, atom.P, atom.Li, atom.H1, atom.H2, atom.H3, atom.Strong, atom.Em:
		return attribute(n, "aria-hidden") == "true" || hidden(n)
	}
	return furnitureRole.MatchString(attribute(n, "role")) || hidden(n) ||
		furnitureName.MatchString(attribute(n, "id")) || furnitureName.MatchString(attribute(n, "class"))
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
			return true
		}
	}
	return false
}

func within(n *html.Node, a atom.Atom) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return p
		}
	}
	return nil
}

// head is what a page says of itself.
type head struct {
	address, title, site, author, date string
	scripts                            int
}

// read fills the head, and counts the elements of the page.
func (h *head) read(root *html.Node) (elements int) {
	meta := map[string]string{}
	var canonical, saved, stamp, documentTitle string
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			saved = first(saved, savedFrom(n.Data))
		}
		if n.Type != html.ElementNode {
			continue
		}
		elements++
		switch n.DataAtom {
		case atom.Script:
			h.scripts++
		case atom.Link:
			if strings.EqualFold(attribute(n, "rel"), "canonical") {
				canonical = first(canonical, attribute(n, "href"))
			}
		case atom.Meta:
			key := strings.ToLower(first(attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop")))
			meta[key] = first(meta[key], attribute(n, "content"))
		case atom.Title:
			if within(n, atom.Svg) == nil {
				documentTitle = first(documentTitle, oneLine(textOfNode(n)))
			}
		case atom.Time:
			stamp = first(stamp, isoDay(attribute(n, "datetime")))
		}
	}
	h.address = first(canonical, meta["og:url"], saved)
	h.title, h.site = first(meta["og:title"], documentTitle), meta["og:site_name"]
	h.author = first(notAddress(meta["article:author"]), meta["author"], meta["dc.creator"], meta["parsely-author"])
	h.date = first(isoDay(meta["article:published_time"]), isoDay(meta["datepublished"]), isoDay(meta["date"]), isoDay(meta["dc.date"]), stamp)
	return elements
}

// plainWords are the words of an element, its markup aside.
func plainWords(n *html.Node) string { return strings.TrimLeft(plainText(n), "# ") }

// textOfNode is the raw text in an element such as title.
func textOfNode(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

var (
	savedComment = regexp.MustCompile(`^\s*saved from url=\(\d+\)(\S+)`)
	isoDate      = regexp.MustCompile(`^\s*((?:19|20)\d{2}-\d{2}-\d{2})(?:$|[T ])`)
)

// savedFrom is the address in the remark that browsers leave in pages they save.
func savedFrom(comment string) string {
	if m := savedComment.FindStringSubmatch(comment); m != nil {
		return m[1]
	}
	return ""
}

// isoDay is the day of a time such as 2020-11-30T09:00:00+00:00, "" for anything
// else.
func isoDay(s string) string {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// webAddress is s when it is an address on the web, without its fragment.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// byWords is what a byline begins with before the name.
var byWords = regexp.MustCompile(`(?i)^(?:(?:written|posted|published|words|story|article)\s+)?by\s*:?\s+|^author\s*:\s*`)

// nameOf is the name in a byline: "By Ann Lee" is by Ann Lee.
func nameOf(byline string) string {
	return onDay.ReplaceAllString(byWords.ReplaceAllString(byline, ""), "")
}

// onDay is what a byline may end with behind the name.
var onDay = regexp.MustCompile(`(?i),?\s+(?:on|[|·•–-])\s+(?:\w+,?\s+)?\d.*$`)

// notAddress is s unless it is an address: some pages give their author so.
func notAddress(s string) string {
	if webAddress(s) != "" {
		return ""
	}
	return s
}

// first is the first of the strings that is not empty.
func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// decoded is markup as UTF-8. The byte order mark says the character set, else
// the media type, else the markup itself, else its bytes.
func decoded(b []byte, mediaType string) ([]byte, error) {
	encoding, name, certain := charset.DetermineEncoding(b[:min(len(b), 1024)], mediaType)
	if !certain && utf8.Valid(b) || name == "utf-8" {
		return bytes.ToValidUTF8(bytes.TrimPrefix(b, []byte("\uFEFF")), []byte("\uFFFD")), nil
	}
	return io.ReadAll(encoding.NewDecoder().Reader(bytes.NewReader(b)))
}
