package inbox

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
	"lotigraph/seed"
)

// surely is the score from which a pair of testdata/pairs.txt is a "yes".
const surely = 0.8

// pairStory is a pair of testdata/pairs.txt, which says how one is written.
type pairStory struct {
	line    int
	verdict string
	kind    record.Kind
	names   [2]string
	facts   []string
	because []string
}

func pairStories(t *testing.T) (list []pairStory) {
	raw, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	head := regexp.MustCompile(`^(yes|maybe|no) (\w+): (.+) = (.+)$`)
	for i, line := range strings.Split(string(raw), "\n") {
		text := strings.TrimSpace(line)
		switch parts := head.FindStringSubmatch(line); {
		case text == "" || text[0] == '#':
		case parts != nil:
			kind, err := record.ParseKind(parts[2])
			if err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			list = append(list, pairStory{line: i + 1, verdict: parts[1], kind: kind, names: [2]string{parts[3], parts[4]}})
		case line == text || len(list) == 0:
			t.Fatalf("line %d: %q is no pair; write it like \"yes person: Jane Smith = J. Smith\"", i+1, line)
		default:
			p := &list[len(list)-1]
			if why, ok := strings.CutPrefix(text, "because "); ok {
				p.because = append(p.because, why)
			} else {
				p.facts = append(p.facts, text)
			}
		}
	}
	return list
}

// TestPairs tells a graph each pair of testdata/pairs.txt and asks what it finds.
func TestPairs(t *testing.T) {
	stories := pairStories(t)
	if len(stories) < 60 {
		t.Errorf("only %d pairs", len(stories))
	}
	for _, p := range stories {
		t.Run(fmt.Sprintf("line %d", p.line), func(t *testing.T) {
			d := newDesk(t)
			p.tell(d)
			found := d.duplicates(staff)
			verdict, reasons := "no", ""
			for _, f := range found {
				if f.A.Kind() == p.kind {
					verdict, reasons = "maybe", said(f)
					if f.Score >= surely {
						verdict = "yes"
					}
				}
			}
			if len(found) > 1 || verdict != p.verdict {
				t.Errorf("%s = %s: %s, and not %s\n%s", p.names[0], p.names[1], verdict, p.verdict, reasons)
			}
			for _, why := range p.because {
				if !strings.Contains(reasons, why) {
					t.Errorf("%s = %s: not said: %s\n%s", p.names[0], p.names[1], why, reasons)
				}
			}
		})
	}
}

// TestLikenessLaws holds of every two names of testdata/pairs.txt that they are as
// alike one way round as the other, and that those alike enough to be asked about
// share a key, so that they are compared at all.
func TestLikenessLaws(t *testing.T) {
	n := newNamer()
	byKind := map[record.Kind][]*profile{}
	for _, p := range pairStories(t) {
		for _, name := range p.names {
			if p.kind != record.WeeknoteKind {
				byKind[p.kind] = append(byKind[p.kind], n.profile(record.Node{ID: record.NewID(p.kind, "x"), Name: name}))
			}
		}
	}
	keysOf := func(p *profile) map[string]bool {
		keys := map[string]bool{}
		n.eachKey(p, func(parts ...string) { keys[strings.Join(parts, "/")] = true })
		return keys
	}
	for _, list := range byKind {
		for i, a := range list {
			keys := keysOf(a)
			for _, b := range list[i+1:] {
				there, back := n.likeness(a, b), n.likeness(b, a)
				if there.score != back.score || there.short != back.short || there.short && there.shortIsB == back.shortIsB {
					t.Errorf("%s = %s: %+v, the other way round %+v", a.node.Name, b.node.Name, there, back)
				}
				met := false
				for key := range keysOf(b) {
					met = met || keys[key]
				}
				if there.score >= hopeless && !met {
					t.Errorf("%s = %s: %.2f, and never compared", a.node.Name, b.node.Name, there.score)
				}
			}
		}
	}
}

// FuzzLikeness holds that no two names break the comparison, nor have a score that
// is none.
func FuzzLikeness(f *testing.F) {
	f.Add("Smith, Dr J.", "Jane (Camden) Smith-Jones", true)
	f.Add("The (TfL)", "Covid-19 Fund II", false)
	f.Fuzz(func(t *testing.T, x, y string, person bool) {
		kind := record.PartnerKind
		if person {
			kind = record.PersonKind
		}
		n := newNamer()
		a, b := n.profile(record.Node{ID: record.NewID(kind, "a"), Name: x}), n.profile(record.Node{ID: record.NewID(kind, "b"), Name: y})
		n.eachKey(a, func(...string) {})
		there, back := n.likeness(a, b), n.likeness(b, a)
		if there.score != back.score || there.score < 0 || there.score > 1 {
			t.Errorf("%q = %q: %v, the other way round %v", x, y, there.score, back.score)
		}
	})
}

// said is a duplicate in words.
func said(d Duplicate) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%.3f %s = %s\n", d.Score, d.A.ID, d.B.ID)
	for _, r := range d.Reasons {
		fmt.Fprintf(&b, "      %s\n", r.Text)
	}
	return b.String()
}

func (d *desk) duplicates(l record.Lens) []Duplicate {
	d.t.Helper()
	s, _, err := d.snapshot()
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	found, err := Duplicates(d.t.Context(), s, l)
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

var (
	fact  = regexp.MustCompile(`^(first|second) (is also called|has the address|ended in|began in|is of|says:) (.+)$`)
	story = regexp.MustCompile(`^a text says: (.+)$`)
)

// tell says the two records and the facts to a graph, as changes.
func (p pairStory) tell(d *desk) {
	d.t.Helper()
	teller := pairTeller{desk: d, ids: map[string]record.ID{}}
	for i, who := range []string{"first", "second"} {
		n := record.Node{Name: p.names[i], ID: record.NewID(p.kind, who)}
		text := record.SaveText{Text: record.Text{Body: "A few words."}}
		for _, f := range p.facts {
			if parts := fact.FindStringSubmatch(f); parts != nil && parts[1] == who {
				teller.detail(&n, &text, parts[2], parts[3])
			}
		}
		teller.ids[who] = n.ID
		if p.kind == record.WeeknoteKind {
			text.Title, text.URL = n.Name, n.URL
			text.Details.Source, text.Details.Form, text.Details.Visibility = who+".md", record.FormWeeknote, record.Public
			text.Text.Main = record.Span{End: len(text.Text.Body)}
			teller.say(record.Op{SaveText: &text})
			continue
		}
		teller.say(record.Op{SaveNode: &record.SaveNode{Node: n}})
	}
	for i, f := range p.facts {
		if parts := story.FindStringSubmatch(f); parts != nil {
			teller.text(fmt.Sprint("Story ", i), strings.ReplaceAll(parts[1], "¶", "\n"), p.names)
		} else if !fact.MatchString(f) {
			teller.link(p, f)
		}
	}
}

// pairTeller says things to a graph.
type pairTeller struct {
	*desk
	ids map[string]record.ID
}

func (s *pairTeller) say(ops ...record.Op) record.Entry {
	s.t.Helper()
	by := s.by()
	entry, err := s.store.Commit(s.t.Context(), record.Change{ID: by.ChangeID, Time: by.Now, Actor: by.Actor, Ops: ops})
	if err != nil {
		s.t.Fatal(err)
	}
	return entry
}

func (s *pairTeller) detail(n *record.Node, text *record.SaveText, what, value string) {
	s.t.Helper()
	date := func() record.PartialDate {
		d, err := record.ParsePartialDate(value)
		if err != nil {
			s.t.Fatal(err)
		}
		return d
	}
	if n.Project == nil && strings.HasSuffix(what, " in") {
		n.Project = &record.Project{}
	}
	switch what {
	case "is also called":
		n.Aliases = append(n.Aliases, value)
	case "has the address":
		n.URL = value
	case "ended in":
		n.Project.End = date()
	case "began in":
		n.Project.Start = date()
	case "is of":
		text.Details.Date = date()
	case "says:":
		text.Text.Body = value
	}
}

// text says a text that names the two records.
func (s *pairTeller) text(title, body string, names [2]string) record.ID {
	s.t.Helper()
	save := record.SaveText{Title: title, Details: record.Weeknote{Source: title, Form: record.FormPage, Visibility: record.Public},
		Text: record.Text{Body: body, Main: record.Span{End: len(body)}}}
	for i, who := range []string{"first", "second"} {
		if begin := strings.Index(body, names[i]); begin >= 0 {
			save.Mentions = append(save.Mentions, record.Mention{To: s.ids[who], Spans: []record.Span{{Start: begin, End: begin + len(names[i])}}, Method: "test"})
		}
	}
	return record.ID(s.say(record.Op{SaveText: &save}).Saved[0].ID)
}

// link says "both works for Camden", "Camden joined first" or "first was succeeded
// by second"; whoever is not there yet is made.
func (s *pairTeller) link(p pairStory, words string) {
	s.t.Helper()
	for _, typ := range record.LinkTypes() {
		from, to, ok := strings.Cut(words, " "+typ.Phrase()+" ")
		if !ok {
			continue
		}
		whos := []string{"first", "second"}
		if from != "both" && to != "both" {
			whos = whos[:1]
		}
		for _, who := range whos {
			ends := [2]record.ID{s.end(p, from, who, typ.From()), s.end(p, to, who, typ.To())}
			text := s.text(fmt.Sprint("Fact ", s.n), "It is so.", [2]string{"-", "-"})
			s.say(record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: typ, From: ends[0], To: ends[1], Status: record.Confirmed, Confidence: 1,
				Evidence: []record.Evidence{{Text: text, Quote: "It is so.", Method: record.Curated, Confidence: 1}}}}})
		}
		return
	}
	s.t.Fatalf("%q is no fact; testdata/pairs.txt says how to write one", words)
}

func (s *pairTeller) end(p pairStory, name, who string, kinds []record.Kind) record.ID {
	s.t.Helper()
	if name == "both" {
		name = who
	}
	if id, ok := s.ids[name]; ok {
		return id
	}
	if slices.Contains(kinds, record.BoroughKind) && (name == "Camden" || name == "Sutton" || name == "Brent" || name == "Lambeth") {
		return record.NewID(record.BoroughKind, record.Slugify(name))
	}
	kind := kinds[len(kinds)-1]
	if kind == record.WeeknoteKind {
		s.ids[name] = s.text(name, "A text.", [2]string{"-", "-"})
		return s.ids[name]
	}
	s.ids[name] = record.NewID(kind, record.Slugify(name))
	s.say(record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: s.ids[name], Name: name}}})
	return s.ids[name]
}

var update = flag.Bool("update", false, "rewrite testdata/seed.txt from what is found")

// TestDuplicatesOfTheSeed holds what is found in the starter programme, which a
// person has looked through, and that it is found again the same.
func TestDuplicatesOfTheSeed(t *testing.T) {
	const golden = "testdata/seed.txt"
	d := newDesk(t)
	if _, err := d.importer.Folder(t.Context(), seed.FS(), ingest.Options{AcceptNew: true}, nil); err != nil {
		t.Fatal(err)
	}
	var b, again strings.Builder
	for _, f := range d.duplicates(staff) {
		b.WriteString(said(f))
	}
	for _, f := range d.duplicates(staff) {
		again.WriteString(said(f))
	}
	if b.String() != again.String() {
		t.Errorf("found again:\n%s", again.String())
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("found\n%s", b.String())
	}
}

// Two who look at one pair from different places are shown what they may see: a
// record that only staff may see makes no pair for the public.
func TestDuplicatesThroughALens(t *testing.T) {
	d := newDesk(t)
	s := pairTeller{desk: d, ids: map[string]record.ID{}}
	for i, name := range []string{"Thirty3", "Thirty 3"} {
		n := record.Node{ID: record.NewID(record.PartnerKind, fmt.Sprint("thirty", i)), Name: name}
		if i > 0 {
			n.Stated = record.Staff
		}
		s.say(record.Op{SaveNode: &record.SaveNode{Node: n}})
	}
	if got := d.duplicates(staff); len(got) != 1 {
		t.Errorf("staff: %v", got)
	}
	if got := d.duplicates(record.Lens{}); len(got) != 0 {
		t.Errorf("the public: %v", got)
	}
}

// The initials of one name fit several people: each is less likely.
func TestShortNameOfSeveral(t *testing.T) {
	d := newDesk(t)
	s := pairTeller{desk: d, ids: map[string]record.ID{}}
	p := pairStory{}
	for i, name := range []string{"Jane Smith", "John Smith", "J. Smith"} {
		s.ids[name] = record.NewID(record.PersonKind, fmt.Sprint("p", i))
		s.say(record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: s.ids[name], Name: name}}})
	}
	if got := d.duplicates(staff); len(got) != 0 {
		t.Errorf("of two alike: %v", got)
	}
	s.link(p, "J. Smith works for Camden")
	s.link(p, "Jane Smith works for Camden")
	got := d.duplicates(staff)
	if len(got) != 1 || !strings.Contains(said(got[0]), "“J. Smith” could also be “John Smith”") ||
		!slices.ContainsFunc(got[0].Reasons, func(r Reason) bool { return slices.Equal(r.Links, []record.ID{"borough:camden"}) }) {
		t.Errorf("one works where J. Smith does: %v", got)
	}
}

// The one to keep is the one with more links.
func TestWhichToKeep(t *testing.T) {
	d := newDesk(t)
	s := pairTeller{desk: d, ids: map[string]record.ID{"short": "project:short", "longer": "project:longer"}}
	for _, id := range []record.ID{"project:short", "project:longer"} {
		s.say(record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: id, Name: "Bright Lamps"}}})
	}
	if got := d.duplicates(staff); len(got) != 1 || got[0].A.ID != "project:short" {
		t.Errorf("without links: %v", got)
	}
	s.link(pairStory{}, "Camden joined longer")
	if got := d.duplicates(staff); len(got) != 1 || got[0].A.ID != "project:longer" {
		t.Errorf("with a link: %v", got)
	}
}

// BenchmarkDuplicates looks through 10,000 records of each sort of name, one in
// twenty of them a duplicate.
func BenchmarkDuplicates(b *testing.B) {
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	syllables := strings.Fields("ba co du fe gi ho ja ke li mo nu pa re si to va we zu bra cle dri fro gle hul")
	word := func(i int) string {
		return syllables[i%24] + syllables[i/24%24] + syllables[(i*7+i/576)%24]
	}
	const many = 10_000
	for from := 0; from < many; from += 500 {
		var ops []record.Op
		for i := from; i < from+500; i++ {
			j := i
			if i%20 == 19 {
				j = i - 1
			}
			kind := record.NameKinds()[i/100%3]
			text := strings.ToUpper(word(j % 701)[:1]) + word(j % 701)[1:] + " " + word(j*31%9973) + " " + word(j%97)
			if kind == record.PersonKind {
				text = word(j%211) + " " + word(j*31%1009)
			}
			if j != i {
				text = text[:len(text)-1]
			}
			ops = append(ops, record.Op{SaveNode: &record.SaveNode{Node: record.Node{ID: record.NewID(kind, fmt.Sprint("r", i)), Name: text}}})
		}
		if _, err := store.Commit(b.Context(), record.Change{ID: fmt.Sprint(from), Actor: "a benchmark", Ops: ops}); err != nil {
			b.Fatal(err)
		}
	}
	found := 0
	for b.Loop() {
		s, err := store.Snapshot()
		if err != nil {
			b.Fatal(err)
		}
		list, err := Duplicates(b.Context(), s, staff)
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
		found = len(list)
	}
	b.ReportMetric(float64(found), "pairs")
}
