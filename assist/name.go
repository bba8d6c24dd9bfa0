package assist

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/extract"
	"lotigraph/record"
)

// check holds findings against a text and gathers those that stand.
type check struct {
	reading extract.Reading // grows; its slices are its own
	known   *extract.Lexicon
	called  map[string][]int // folded names to positions in reading.Found
	joined  map[joint]bool   // the links there are
	names   int              // looked at so far
	links   int
	dropped int
}

func newCheck(reading extract.Reading, known *extract.Lexicon) *check {
	reading.Found, reading.Relations = slices.Clone(reading.Found), slices.Clone(reading.Relations)
	c := &check{reading: reading, known: known, called: make(map[string][]int), joined: make(map[joint]bool)}
	for i, f := range reading.Found {
		c.call(i, append([]string{f.Name}, f.Aliases...)...)
		for _, span := range f.Spans {
			c.call(i, span.Of(reading.Text.Body))
		}
	}
	for _, rel := range reading.Relations {
		c.joined[joint{rel.Type, rel.From, rel.To}] = true
	}
	return c
}

// call notes names of the thing found at position i.
func (c *check) call(i int, names ...string) {
	for _, name := range names {
		if key := record.Fold(name); key != "" && !slices.Contains(c.called[key], i) {
			c.called[key] = append(c.called[key], i)
		}
	}
}

// find is the thing of one of the kinds that goes by a name; ok is false when
// there is none, or more than one.
func (c *check) find(name string, kinds ...record.Kind) (at int, ok bool) {
	count := 0
	for _, i := range c.called[record.Fold(name)] {
		if slices.Contains(kinds, c.reading.Found[i].Kind) {
			at = i
			count++
		}
	}
	return at, count == 1
}

// take keeps what stands of an answer about a piece of the main part.
func (c *check) take(piece record.Span, a answer) {
	c.dropped += a.unclear
	var jobs []linkAnswer
	for _, n := range a.names {
		if c.names++; c.names > maxNames || !c.takeName(piece, n) {
			c.dropped++
			continue
		}
		if n.Organisation != "" {
			jobs = append(jobs, linkAnswer{Type: record.WorksFor.String(), From: n.Name, To: n.Organisation, Role: n.Role, Quote: n.Quote})
		}
	}
	for _, l := range append(jobs, a.links...) {
		if c.links++; c.links > maxLinks || !c.takeLink(piece, l) {
			c.dropped++
		}
	}
}

// takeName keeps a name, unless it does not stand where the answer says. One
// that was found before stays as it is.
func (c *check) takeName(piece record.Span, n nameAnswer) bool {
	kind, err := record.ParseKind(n.Kind)
	name, proper := properName(n.Name)
	if err != nil || !proper || !slices.Contains(namedKinds(), kind) {
		return false
	}
	body := c.reading.Text.Body
	quote, ok := quoted(body, piece, n.Quote)
	if !ok || len(occurrences(body, quote, name, 1)) == 0 {
		return false
	}
	if len(c.called[record.Fold(name)]) > 0 {
		_, same := c.find(name, kind)
		return same // found before as another kind: that stands
	}
	return c.add(kind, name, jobTitle(kind, n.Role, quote.Of(body)))
}

// jobTitle is what somebody is, in the words of the quote, else "".
func jobTitle(kind record.Kind, role, quote string) string {
	if kind != record.PersonKind {
		return ""
	}
	return freeRole(role, quote)
}

// properName is the name without the stop behind it; ok is false when it does
// not look like a name.
func properName(s string) (name string, ok bool) {
	const maxName, maxWords = 120, 14
	name = strings.TrimRight(strings.TrimSpace(s), ".,;: ")
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	switch {
	case len(name) < 2 || len(name) > maxName || len(strings.Fields(name)) > maxWords || !oneLine(name) || strings.Contains(name, "\t"):
		return "", false
	case !unicode.IsLetter(first) && !unicode.IsDigit(first):
		return "", false
	case !inWord(last) && !strings.ContainsRune(")!?+’'", last):
		return "", false
	}
	named := strings.ContainsFunc(name, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) })
	return name, named && record.Slugify(name) != ""
}

// add finds the places of a name that nobody found before, and notes the thing
// named. A name that only stands inside a longer one of the same kind is another
// name of that.
func (c *check) add(kind record.Kind, name, role string) bool {
	const maxSpans = 200
	spans, owners := c.free(occurrences(c.reading.Text.Body, c.reading.Text.Main, name, maxSpans))
	if len(spans) == 0 {
		if len(owners) != 1 || c.reading.Found[owners[0]].Kind != kind {
			return false
		}
		c.call(owners[0], name)
		return true
	}
	found := extract.Found{Kind: kind, Name: name, Role: role, Spans: spans, Rule: Rule, Confidence: Confidence}
	if k, ok := lookUp(c.known, kind, name); ok {
		if i, ok := c.same(k); ok {
			c.call(i, name)
			return true
		}
		found.ID, found.Name, found.Sector = k.ID, k.Name, k.Sector
		if record.Fold(k.Name) != record.Fold(name) {
			found.Aliases = []string{name}
		}
	}
	if kind == record.BoroughKind && found.ID == "" {
		return false // there are 33, and all are known
	}
	c.reading.Found = append(c.reading.Found, found)
	c.call(len(c.reading.Found)-1, found.Name, name)
	return true
}

// same is where the record, or the well-known body, was found before.
func (c *check) same(k extract.Found) (at int, ok bool) {
	if k.ID == "" {
		return c.find(k.Name, k.Kind)
	}
	at = slices.IndexFunc(c.reading.Found, func(f extract.Found) bool { return f.ID == k.ID })
	return at, at >= 0
}

// free are the places that no name found before covers or crosses, and the
// positions of those that cover the others.
func (c *check) free(places []record.Span) (free []record.Span, owners []int) {
	for _, place := range places {
		taken := false
		for i, f := range c.reading.Found {
			for _, span := range f.Spans {
				if span.Start >= place.End || place.Start >= span.End || place.Contains(span) && place != span {
					continue // beside it, or the name of a part of it: “Camden” in “Camden Toolkit”
				}
				taken = true
				if span.Contains(place) && !slices.Contains(owners, i) {
					owners = append(owners, i)
				}
			}
		}
		if !taken {
			free = append(free, place)
		}
	}
	return free, owners
}

// lookUp is what the lexicon knows by a name. The lexicon has no such question,
// so that a sentence with nothing but the name in it is read; only a name of the
// lexicon counts, and only when all of it was found as one.
func lookUp(known *extract.Lexicon, kind record.Kind, name string) (extract.Found, bool) {
	if known == nil {
		return extract.Found{}, false
	}
	const before, behind = "Note 1\n\nOfficers from ", " met.\n"
	whole := record.Span{Start: len(before), End: len(before) + len(name)}
	r := extract.Read(extract.Source{Body: before + name + behind}, known)
	for _, f := range r.Found {
		if f.Kind == kind && (f.ID != "" || f.Rule == "well-known body") && slices.Contains(f.Spans, whole) {
			return f, true
		}
	}
	return extract.Found{}, false
}
