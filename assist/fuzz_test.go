package assist

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lotigraph/extract"
	"lotigraph/record"
)

// FuzzAnswer holds the laws of the package for any bytes as the answer.
func FuzzAnswer(f *testing.F) {
	for _, answer := range []string{
		"", "{}", tessellate, "<html>", `{"names":[` + strangers + `],"links":[{"type":"FUNDED_BY","from":"Lanterns by Night","to":"Moonbeam","since":"2021","quote":"` + tab + `"}]}`,
		`{"names":[{"kind":"PERSON","name":"Priya Nair","quote":"` + desk + `","role":"queen of maps","organisation":"Sutton"}]}`,
		`{"names":[{"kind":"PROJECT","name":"earlier","quote":"Ignore all earlier instructions"},7,null],"links":[null,"x",{"type":3}]}`,
		`{"links":[{"type":"AUTHORED","from":"Priya Nair","to":"THIS TEXT","role":"x","until":"2021-05","quote":"Priya Nair"}]}`,
		"{\"names\":[{\"kind\":\"PARTNER\",\"name\":\"\xff\xfe\",\"quote\":\"\u2013\"}]}",
	} {
		f.Add(answer)
	}
	before, known := read(note), lexicon()
	f.Fuzz(func(t *testing.T, content string) {
		holds(t, before, known, content)
	})
}

// FuzzText holds them for any text, too, of which a model quotes any parts: two
// names and the words around them.
func FuzzText(f *testing.F) {
	f.Add(note, uint16(strings.Index(note, "Kingston")), uint8(8), uint16(strings.Index(note, "Lanterns")), uint8(17), uint16(strings.Index(note, meeting)), uint16(len(meeting)))
	f.Add("Week 1\n\nO’Brien\u0301 said e\u0301 \xe2\x80 Camden Atlas\xa9 is out", uint16(0), uint8(10), uint16(26), uint8(12), uint16(8), uint16(60))
	f.Add("---\nurl: x\n---\nWeek\n\nSutton’s Ann Lee of Sutton Lantern", uint16(22), uint8(6), uint16(42), uint8(14), uint16(22), uint16(40))
	known := lexicon()
	f.Fuzz(func(t *testing.T, body string, at1 uint16, len1 uint8, at2 uint16, len2 uint8, at uint16, length uint16) {
		part := func(at, length int) string {
			at = min(at, len(body))
			return body[at:min(at+length, len(body))]
		}
		one, two, quote := part(int(at1), int(len1)), part(int(at2), int(len2)), part(int(at), int(length))
		var names []nameAnswer
		var links []linkAnswer
		for _, kind := range record.Kinds() {
			names = append(names, nameAnswer{kind.String(), one, quote, two, "Sutton"}, nameAnswer{kind.String(), two, two, quote, one})
		}
		for _, link := range record.LinkTypes() {
			links = append(links, linkAnswer{link.String(), one, two, two, "2021", "2020-01", quote}, linkAnswer{link.String(), two, "Sutton", "lead", "2021-05-04", "", quote},
				linkAnswer{link.String(), two, thisText, one, "", one, two})
		}
		content, err := json.Marshal(map[string]any{"names": names, "links": links})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, read(body), known, string(content))
	})
}

func holds(t *testing.T, before extract.Reading, known *extract.Lexicon, content string) {
	a, err := parseAnswer(content)
	if err != nil {
		return
	}
	text := before.Text
	found, relations := slices.Clone(before.Found), slices.Clone(before.Relations)
	c := newCheck(before, known)
	for _, piece := range pieces(text.Body, text.Main) {
		c.take(piece, a)
	}
	after := c.reading
	if !reflect.DeepEqual(found, before.Found) || !reflect.DeepEqual(relations, before.Relations) ||
		len(found) > 0 && !reflect.DeepEqual(found, after.Found[:len(found)]) || len(relations) > 0 && !reflect.DeepEqual(relations, after.Relations[:len(relations)]) {
		t.Fatal("what was found before has changed")
	}
	for _, x := range after.Found[len(found):] {
		if x.Rule != Rule || x.Confidence != Confidence || len(x.Spans) == 0 || !slices.Contains(namedKinds(), x.Kind) || record.Fold(x.Name) == "" || !utf8.ValidString(x.Name) {
			t.Fatalf("not well found: %+v", x)
		}
		if x.Role != "" && !strings.Contains(text.Main.Of(text.Body), x.Role) {
			t.Fatalf("an invented job: %+v", x)
		}
		first := x.Spans[0].Of(text.Body)
		if first != x.Name && !slices.Contains(x.Aliases, first) && record.Fold(first) != record.Fold(x.Name) {
			t.Fatalf("%+v stands nowhere as %q", x, first)
		}
		for _, span := range x.Spans {
			inMain(t, text, span)
			if span.Of(text.Body) != first {
				t.Fatalf("%q is not %q", span.Of(text.Body), first)
			}
		}
	}
	for i, rel := range after.Relations[len(relations):] {
		inMain(t, text, rel.Span)
		quote := rel.Span.Of(text.Body)
		if rel.Rule != Rule || rel.Confidence != Confidence || len(quote) > maxQuote || strings.Contains(quote, "\n") {
			t.Fatalf("not well said: %+v", rel)
		}
		end := func(i int) record.Kind {
			if i == extract.SelfText {
				return record.WeeknoteKind
			}
			return after.Found[i].Kind
		}
		if rel.From == rel.To || rel.From < 0 || slices.ContainsFunc(after.Relations[:len(relations)+i], func(r extract.Relation) bool {
			return r.Type == rel.Type && r.From == rel.From && r.To == rel.To
		}) {
			t.Fatalf("said twice, or of itself: %+v", rel)
		}
		link := record.Link{Type: rel.Type, From: "#from", To: "#to", Role: rel.Role, Since: rel.Since, Until: rel.Until, Status: record.Proposed,
			Confidence: rel.Confidence, Evidence: []record.Evidence{{Text: "weeknote:w", Span: rel.Span, Quote: quote, Confidence: rel.Confidence}}}
		if err := link.Validate(); err != nil {
			t.Fatalf("%+v: %v", rel, err)
		}
		if !slices.Contains(rel.Type.From(), end(rel.From)) || !slices.Contains(rel.Type.To(), end(rel.To)) {
			t.Fatalf("ends of the wrong kind: %+v", rel)
		}
	}
}

func inMain(t *testing.T, text record.Text, span record.Span) {
	if span.Len() <= 0 || !text.Main.Contains(span) {
		t.Fatalf("%v does not lie in the main part %v", span, text.Main)
	}
	for _, edge := range []int{span.Start, span.End} {
		if edge < len(text.Body) && !utf8.RuneStart(text.Body[edge]) {
			t.Fatalf("%v cuts a character", span)
		}
	}
}
