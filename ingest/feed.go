package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"lotigraph/record"
)

// item is an item of an RSS feed or an entry of an Atom feed: the two share no
// names but title and link. Entities that a feed declares itself are not
// replaced, so that it cannot grow while it is read.
type item struct {
	Title   words  `xml:"title"`
	Links   []link `xml:"link"`
	GUID    guid   `xml:"guid"`
	ID      string `xml:"id"`
	Base    string `xml:"http://www.w3.org/XML/1998/namespace base,attr"`
	PubDate string `xml:"pubDate"`
	Date    string `xml:"http://purl.org/dc/elements/1.1/ date"`
	Publish string `xml:"published"`
	Updated string `xml:"updated"`

	Creators []string `xml:"http://purl.org/dc/elements/1.1/ creator"`
	Authors  []author `xml:"author"`

	Encoded     string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	Content     words  `xml:"http://www.w3.org/2005/Atom content"`
	Description string `xml:"description"`
	Summary     words  `xml:"summary"`
}

type guid struct {
	PermaLink string `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

type link struct {
	Rel   string `xml:"rel,attr"`
	Href  string `xml:"href,attr"`
	Value string `xml:",chardata"`
}

type author struct {
	Name  string `xml:"name"`
	Value string `xml:",chardata"` // RSS: "ann@example.org (Ann Lee)"
}

// words are text, markup in text, or with type xhtml markup itself.
type words struct {
	Type  string `xml:"type,attr"`
	Value string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

func (w words) markup() string {
	switch w.Type {
	case "xhtml":
		return w.Inner
	case "text":
		return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(w.Value)
	}
	return w.Value
}

const aboutFeeds = "a feed is RSS or Atom: <rss>, <feed> or <rdf:RDF> with items or entries in it"

// items reads a feed: RSS 2.0, RSS 1.0 or Atom. Links in it start from the address
// it came from, "" when that is not known.
func items(f File, address string) (notes []note, problems []Problem) {
	in := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(f.Body, []byte("\uFEFF"))))
	in.Strict, in.Entity = false, xml.HTMLEntity
	in.CharsetReader = func(label string, r io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, r) }
	refuse := func(line int, format string, args ...any) {
		problems = append(problems, Problem{File: f.Name, Line: line, Reason: fmt.Sprintf(format, args...)})
	}
	base, parts, root := address, map[string]bool{}, ""
	for {
		line, _ := in.InputPos()
		token, err := in.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			at, format, reason := xmlFault(line, err)
			refuse(at, format, reason)
			break
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
			continue
		case root == "":
			if root = start.Name.Local; root != "rss" && root != "feed" && root != "RDF" {
				refuse(line, "this is no feed; %s", aboutFeeds)
				return notes, problems
			}
			base = first(xmlBase(start), base)
			continue
		case start.Name.Local == "link" && base == "" && notes == nil:
			base = webAddress(attributeOf(start, "href")) // of an Atom feed
			continue
		case start.Name.Local != "item" && start.Name.Local != "entry":
			continue
		}
		var it item
		if err := in.DecodeElement(&it, &start); err != nil {
			at, format, reason := xmlFault(line, err)
			refuse(at, format, reason)
			break
		}
		n, reason := it.note(base)
		switch {
		case reason != "":
			refuse(line, "%s", reason)
		case parts[n.Part]:
			// A feed may repeat an item; the first is the newest.
		default:
			parts[n.Part] = true
			notes = append(notes, n)
		}
	}
	if len(notes)+len(problems) == 0 {
		if root == "" {
			refuse(0, "this is no feed; %s", aboutFeeds)
		} else {
			refuse(0, "there are no items in the feed")
		}
	}
	return notes, problems
}

// xmlFault is where and why a feed cannot be read further.
func xmlFault(line int, err error) (at int, format, reason string) {
	reason = err.Error()
	var fault *xml.SyntaxError
	if errors.As(err, &fault) {
		line, reason = fault.Line, fault.Msg
	}
	return line, "the feed cannot be read further (%s); save it again whole", reason
}

func xmlBase(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "base" {
			return webAddress(a.Value)
		}
	}
	return ""
}

func attributeOf(e xml.StartElement, key string) string {
	for _, a := range e.Attr {
		if a.Name.Local == key {
			return a.Value
		}
	}
	return ""
}

// note is the item as a text; reason says why it is none.
func (it item) note(base string) (n note, reason string) {
	n = note{Title: inlineText(it.Title.markup()), URL: it.address(base), Author: it.author()}
	name := first(n.URL, n.Title, strings.TrimSpace(first(it.GUID.Value, it.ID)), "without title or link")
	for _, date := range []string{it.PubDate, it.Publish, it.Date, it.Updated} {
		n.Date = first(n.Date, feedDay(date))
	}
	for i, markup := range []string{it.Encoded, it.Content.markup(), it.Description, it.Summary.markup()} {
		text, err := fragmentText(markup)
		if err != nil {
			return n, fmt.Sprintf("the item %s cannot be read: %v", name, err)
		}
		if text = withoutTitle(afterword.ReplaceAllString(text, ""), n.Title); text != "" {
			n.Text, n.Summary = text, i >= 2
			break
		}
	}
	switch {
	case n.Title == "":
		return n, fmt.Sprintf("the item %s has no title", name)
	case n.Text == "":
		return n, fmt.Sprintf("the item %s has no text, only a link; import the page itself", name)
	}
	n.Part = first(slugOf(it.GUID.Value), slugOf(it.ID), slugOf(n.URL), slugOf(n.Title))
	return n, ""
}

// afterword is the line that WordPress puts under every item.
var afterword = regexp.MustCompile(`\n*The post .* (?:appeared first on|first appeared on) .*\.?\s*$`)

// address is where the item is published.
func (it item) address(base string) string {
	var candidates []string
	for _, l := range it.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			candidates = append(candidates, first(strings.TrimSpace(l.Href), strings.TrimSpace(l.Value)))
		}
	}
	if it.GUID.PermaLink != "false" {
		candidates = append(candidates, strings.TrimSpace(it.GUID.Value))
	}
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if u, err := url.Parse(first(webAddress(it.Base), base)); err == nil && u.Host != "" {
			if full, err := u.Parse(c); err == nil {
				c = full.String()
			}
		}
		if address := webAddress(c); address != "" {
			return address
		}
	}
	return ""
}

var mailAuthor = regexp.MustCompile(`^\S+@\S+\s+\((.+)\)$`)

// author is who wrote the item.
func (it item) author() string {
	var names []string
	for _, c := range it.Creators {
		names = append(names, inlineText(c))
	}
	if names == nil {
		for _, a := range it.Authors {
			name := first(oneLine(a.Name), oneLine(a.Value))
			if m := mailAuthor.FindStringSubmatch(name); m != nil {
				name = m[1]
			}
			if name != "" && !strings.Contains(name, "@") {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

// feedDay is the day of a date as feeds write it, "" for anything else.
func feedDay(s string) string {
	s = strings.TrimSpace(s)
	if day := isoDay(s); day != "" {
		return day
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return record.DateOf(t).String()
		}
	}
	return ""
}

// slugOf is s as a part of a text's name.
func slugOf(s string) string { return record.Slugify(strings.TrimSpace(s)) }
