package page

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"lotigraph/record"
)

// said are the words of blocks, without spaces.
func said(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		for _, run := range block.Runs {
			for _, w := range run.Words {
				b.WriteString(w.Text)
			}
		}
		b.WriteString(said(block.Items))
	}
	return strings.Join(strings.Fields(b.String()), "")
}

func TestBody(t *testing.T) {
	body := "A heading\n\nKingston and Sutton joined\nthe Playbook.\n\n- one Sutton\n- two\n\n> said\n\n1. first\n"
	at := func(s string) record.Span {
		i := strings.Index(body, s)
		return record.Span{Start: i, End: i + len(s)}
	}
	marks := []Mark{{Span: at("Sutton"), Href: "/s", Name: "Sutton"}, {Span: at("Kingston and"), Href: "/k", Name: "Kingston upon Thames"}, {Span: at("and Sutton"), Href: "/x"}}
	got, err := json.Marshal(Body(body, record.Span{End: len(body)}, marks, at("Sutton joined")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"Sort":"heading","Runs":[{"Passage":false,"First":false,"Words":[{"Text":"A heading"`,
		`{"Text":"Kingston and","Href":"/k","Name":"Kingston upon Thames","Waits":""},{"Text":" ","Href":""`,
		`{"Passage":true,"First":true,"Words":[{"Text":"Sutton","Href":"/s","Name":"","Waits":""},{"Text":" joined"`,
		`{"Sort":"list","Runs":null,"Items":[{"Sort":"p"`, `{"Sort":"quote"`, `{"Sort":"numbers"`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("lacks %s\n%s", want, got)
		}
	}
}

// FuzzBody holds that no marks and no passage, however they lie, change a word of
// the text, and that all of the passage is pointed out, its beginning once.
func FuzzBody(f *testing.F) {
	f.Add("Kingston and Sutton\n\n- joined **the** Playbook\n* and\n\n# end", uint64(1))
	f.Add("é\u00a0ü  \r\n> 1. x\n\n\n•  y\nz", uint64(7))
	f.Fuzz(func(t *testing.T, body string, seed uint64) {
		if !utf8.ValidString(body) {
			return
		}
		chance := rand.New(rand.NewPCG(seed, 0))
		span := func() record.Span {
			a, b := chance.IntN(len(body)+1), chance.IntN(len(body)+1)
			for a > 0 && a < len(body) && !utf8.RuneStart(body[a]) {
				a--
			}
			for b > 0 && b < len(body) && !utf8.RuneStart(body[b]) {
				b--
			}
			return record.Span{Start: min(a, b), End: max(a, b)}
		}
		whole := record.Span{End: len(body)}
		plain := Body(body, whole, nil, record.Span{})
		marks := []Mark{}
		for range chance.IntN(12) {
			marks = append(marks, Mark{Span: span(), Href: "/x"})
		}
		passage := span()
		blocks := Body(body, whole, marks, passage)
		if got, want := said(blocks), said(plain); got != want {
			t.Fatalf("%q became %q", want, got)
		}
		first, in := 0, ""
		var walk func([]Block)
		walk = func(list []Block) {
			for _, b := range list {
				for _, run := range b.Runs {
					if run.First {
						first++
					}
					if run.Passage {
						in += said([]Block{{Runs: []Run{run}}})
					}
				}
				walk(b.Items)
			}
		}
		walk(blocks)
		if first > 1 || first == 0 && in != "" {
			t.Fatalf("the passage begins %d times", first)
		}
		if outside := strings.Join(strings.Fields(passage.Of(body)), ""); len(in) > len(outside) {
			t.Fatalf("%q is more than the passage %q", in, outside)
		}
	})
}
