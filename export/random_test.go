package export_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// awkward are words that formats stumble over: formulas, quotation marks, line
// ends, signs of lists, what a spreadsheet takes for a number or a date, markup,
// escapes of a workbook, writing from right to left, characters of several units.
var awkward = []string{
	"=1+1", "+44 20", "@home", "-5", "'=quoted", "''x", "'plain", "＝wide", "a;b", `"quoted" Ltd`, `"all quoted"`, "two\nlines", "a\tb",
	"مجلس المدينة", "👩🏽‍💻 Lab", "007", "1e5", "TRUE", "2021-05-17", "Jan-21", "1/2", "Zoë O’Neill", "a, b", "<b>&amp;</b>", "_x0041_", "]]>", `back\slash`, "null", "#REF!",
}

// secret begins every word that only those may read who may see its record.
const secret = "Zqx"

// world is a random graph, with the texts that stand as files.
type world struct {
	store  *graph.Store
	rng    *rand.Rand
	texts  fstest.MapFS
	ids    map[record.Kind][]record.ID
	names  map[record.ID]string
	quotes []quoted
	links  int // how many secrets were given out, so that no two are one
}

// quoted is a sentence that a text has, about two records.
type quoted struct {
	text  record.ID
	quote string
}

// randomWorld is the graph of a seed: records of every kind with awkward names,
// open and closed, texts that quote them, links of every type in every state,
// edits of texts, withdrawals and merges.
func randomWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{store: open(t), rng: rand.New(rand.NewPCG(seed, 3)), texts: fstest.MapFS{}, ids: map[record.Kind][]record.ID{}, names: map[record.ID]string{}}
	for i, name := range []string{"Camden", "Sutton", "Kingston upon Thames", "City of London"} {
		w.save(t, record.BoroughKind, record.Node{Name: name, Borough: &record.Borough{ONSCode: fmt.Sprintf("E090000%02d", i+1), Column: w.rng.IntN(8), Row: w.rng.IntN(9)}})
	}
	for range 6 {
		since, until := w.period()
		w.save(t, record.ProjectKind, record.Node{Name: w.word(), Project: &record.Project{Themes: w.list(), Status: w.pick("", "live", "finished"), Start: since, End: until}})
		w.save(t, record.PartnerKind, record.Node{Name: w.word(), Partner: &record.Partner{Sector: w.pick("", "charity", "NHS trust", "+plus")}})
		w.save(t, record.PersonKind, record.Node{Name: w.word()})
	}
	for i := range 8 {
		w.write(t, i)
	}
	for range 40 {
		w.link(t)
	}
	w.edit(t)
	return w
}

func (w *world) pick(words ...string) string { return words[w.rng.IntN(len(words))] }

// word is an awkward name that nothing else has, a secret in it.
func (w *world) word() string {
	w.links++
	return fmt.Sprintf("%s %s%d", w.pick(awkward...), secret, w.links) + w.pick("", "", " "+w.pick(awkward...))
}

func (w *world) list() (list []string) {
	for range w.rng.IntN(3) {
		list = append(list, w.word())
	}
	return list
}

// date is a partial date or none.
func (w *world) date() record.PartialDate {
	year := fmt.Sprint(2019 + w.rng.IntN(4))
	return day(w.pick("", year, fmt.Sprintf("%s-%02d", year, 1+w.rng.IntN(12)), fmt.Sprintf("%s-%02d-%02d", year, 1+w.rng.IntN(12), 1+w.rng.IntN(28)), w.pick("0987", "1899-12", "1900-02-28", "1949-12-31", "2199-12-31", "2500-01-01", "9999")))
}

// period is two dates of which the second is not before the first.
func (w *world) period() (since, until record.PartialDate) {
	since, until = w.date(), w.date()
	if !since.IsZero() && !until.IsZero() && until.Last().Compare(since.First()) < 0 {
		return until, since
	}
	return since, until
}

// say commits operations, of which a refusal is an error of the test.
func (w *world) say(t *testing.T, ops ...record.Op) record.Entry {
	t.Helper()
	c := record.Change{ID: fmt.Sprint("change ", w.store.Version()), Time: noon(), Actor: "a test", Ops: ops}
	entry, err := w.store.Commit(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func (w *world) save(t *testing.T, kind record.Kind, n record.Node) {
	t.Helper()
	n.Stated = record.Visibility(w.rng.IntN(4))
	n.Summary, n.Aliases = w.pick("", w.word()), w.list()
	if w.rng.IntN(3) == 0 {
		n.URL = "https://example.org/" + secret + fmt.Sprint(w.links) + "?a=1&b=%20"
	}
	id := record.ID(w.say(t, record.Op{SaveNode: &record.SaveNode{Kind: kind, Node: n}}).Saved[0].ID)
	w.ids[kind] = append(w.ids[kind], id)
	w.names[id] = n.Name
}

// write imports the text of a number, anew when it is there already. Its sentences
// say nothing that a rule reads: what is linked is linked by hand.
func (w *world) write(t *testing.T, number int) {
	t.Helper()
	name := fmt.Sprintf("notes/%d.md", number)
	var b strings.Builder
	fmt.Fprintf(&b, "---\nvisibility: %s\ndate: %s\n", record.Visibility(1+w.rng.IntN(3)), w.pick("2020", "2021-03", "2021-05-17"))
	if number%2 == 0 {
		fmt.Fprintf(&b, "url: https://notes.example/%d?a=1&b=2\n", number)
	}
	fmt.Fprintf(&b, "---\n\n# Note %d %s of the week\n\n", number, secret)
	var sentences []string
	for range 6 {
		w.links++
		sentence := fmt.Sprintf("%s %s%d; %s", w.pick(awkward...), secret, w.links, w.pick(awkward...))
		if w.rng.IntN(3) == 0 {
			projects := w.ids[record.ProjectKind] // which alone are nothing to a rule
			sentence += ", " + w.names[projects[w.rng.IntN(len(projects))]]
		}
		sentences = append(sentences, sentence)
		fmt.Fprintf(&b, "%s\n\n", sentence)
	}
	fmt.Fprintf(&b, "%s\n", sentences[0]) // a sentence that stands twice
	w.texts[name] = &fstest.MapFile{Data: []byte(b.String())}
	report, err := ingest.New(w.store).File(t.Context(), ingest.File{Name: name, Body: w.texts[name].Data}, ingest.Options{Now: noon})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(report.Problems, err)
	}
	for _, id := range report.Saved {
		if !slices.Contains(w.ids[record.WeeknoteKind], id) {
			w.ids[record.WeeknoteKind] = append(w.ids[record.WeeknoteKind], id)
		}
		for _, sentence := range sentences {
			w.quotes = append(w.quotes, quoted{id, sentence})
		}
	}
}

// link says a random link with one or two quotes; what the graph refuses is no link.
func (w *world) link(t *testing.T) {
	t.Helper()
	types := slices.DeleteFunc(record.LinkTypes(), record.LinkType.Derived)
	l := record.Link{Type: types[w.rng.IntN(len(types))], Status: record.LinkStatus(w.pick("PROPOSED", "CONFIRMED", "CONFIRMED")), Confidence: 0.25 + w.rng.Float64()/2}
	end := func(kinds []record.Kind) record.ID {
		ids := w.ids[kinds[w.rng.IntN(len(kinds))]]
		return ids[w.rng.IntN(len(ids))]
	}
	l.From, l.To = end(l.Type.From()), end(l.Type.To())
	l.Since, l.Until = w.period()
	switch roles := l.Type.Roles(); {
	case l.Type.FreeRole():
		l.Role = w.pick("", "Head of Data", w.word())
	case roles != nil:
		l.Role = w.pick(append(roles, "")...)
	}
	for range 1 + w.rng.IntN(2) {
		q := w.quotes[w.rng.IntN(len(w.quotes))]
		l.Evidence = append(l.Evidence, record.Evidence{Text: q.text, Quote: q.quote + w.pick("", "", "\n"), Method: w.pick(record.Curated, "a rule"), Confidence: w.rng.Float64()})
	}
	if l.From != l.To {
		w.say(t, record.Op{SaveLink: &record.SaveLink{Link: l}})
	}
}

// edit makes new versions of texts, withdraws, rejects and merges.
func (w *world) edit(t *testing.T) {
	t.Helper()
	for range 2 {
		w.write(t, w.rng.IntN(8))
	}
	for range 3 {
		id := fmt.Sprint("link:", 1+w.rng.IntN(20))
		op := record.Op{ReviewLink: &record.ReviewLink{Link: id, Status: record.Rejected}}
		if w.rng.IntN(2) == 0 {
			op = record.Op{Withdraw: &record.Withdraw{ID: id}}
		}
		c := record.Change{ID: fmt.Sprint("change ", w.store.Version()), Time: noon(), Actor: "a test", Ops: []record.Op{op}}
		_, _ = w.store.Commit(t.Context(), c) // a mention, or withdrawn already: refused, and nothing is lost
	}
	for _, kind := range []record.Kind{record.PartnerKind, record.ProjectKind, record.PersonKind, record.WeeknoteKind} {
		from, to := w.ids[kind][0], w.ids[kind][1+w.rng.IntN(3)]
		w.say(t, record.Op{SaveRuling: &record.SaveRuling{Ruling: record.Ruling{Sort: record.Same, From: from, To: to}}})
	}
	if w.rng.IntN(2) == 0 {
		w.say(t, record.Op{Withdraw: &record.Withdraw{ID: string(w.ids[record.WeeknoteKind][4+w.rng.IntN(4)])}})
	}
	gone := w.ids[record.PartnerKind][5]
	w.say(t, record.Op{Withdraw: &record.Withdraw{ID: string(gone)}})
}

// lens is a random lens.
func (w *world) lens() record.Lens {
	l := record.Lens{Viewer: record.Viewer{Clearance: record.Visibility(w.rng.IntN(4))}, Proposed: w.rng.IntN(2) == 0}
	if w.rng.IntN(2) == 0 {
		l.AsOf = day(fmt.Sprintf("20%d-%02d-%02d", 19+w.rng.IntN(4), 1+w.rng.IntN(12), 1+w.rng.IntN(28)))
	}
	return l
}
