package ask_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lotigraph/ask"
	"lotigraph/graph"
	"lotigraph/record"
)

// teller writes a small programme, one fact after another.
type teller struct {
	t     testing.TB
	store *graph.Store
	n     int
}

func newTeller(t testing.TB) *teller {
	t.Helper()
	store, err := graph.Open("", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return &teller{t: t, store: store}
}

func (s *teller) commit(ops ...record.Op) {
	s.t.Helper()
	s.n++
	if _, err := s.store.Commit(s.t.Context(), record.Change{ID: fmt.Sprint("change ", s.n), Actor: "a test", Time: time.Unix(0, 0), Ops: ops}); err != nil {
		s.t.Fatal(err)
	}
}

// has adds records that everybody sees.
func (s *teller) has(kind record.Kind, names ...string) {
	s.t.Helper()
	for i, name := range names {
		n := record.Node{Name: name, Stated: record.Public}
		if kind == record.BoroughKind {
			n.Borough, n.Stated = &record.Borough{ONSCode: fmt.Sprintf("E09%06d", i+1)}, 0
		}
		if kind == record.ProjectKind {
			n.Project = &record.Project{Themes: []string{"housing"}}
		}
		s.commit(record.Op{SaveNode: &record.SaveNode{Kind: kind, Node: n}})
	}
}

// fact is a link with the dates, the status and the text that it has.
type fact struct {
	kind         record.LinkType
	from, to     record.ID
	role         string
	since, until string
	proposed     bool
	date         string // of the text that says so
	visibility   record.Visibility
}

func (s *teller) says(f fact) {
	s.t.Helper()
	date := func(text string) record.PartialDate {
		d, err := record.ParsePartialDate(text)
		if err != nil {
			s.t.Fatal(err)
		}
		return d
	}
	title := fmt.Sprint("Note ", s.n)
	body := fmt.Sprintf("%s and %s.", f.from.Slug(), f.to.Slug())
	status, confidence := record.Confirmed, 1.0
	if f.proposed {
		status, confidence = record.Proposed, 0.7
	}
	mention := func(id record.ID) record.Mention {
		at := strings.Index(body, id.Slug())
		return record.Mention{To: id, Spans: []record.Span{{Start: at, End: at + len(id.Slug())}}, Method: "a test"}
	}
	s.commit(record.Op{SaveText: &record.SaveText{Handle: "#text", Title: title, URL: "https://example.org/" + record.Slugify(title),
		Details:  record.Weeknote{Source: "https://example.org/" + record.Slugify(title), Form: record.FormWeeknote, Date: date(f.date), Visibility: max(f.visibility, record.Public)},
		Text:     record.Text{Body: body, Main: record.Span{End: len(body)}},
		Mentions: []record.Mention{mention(f.from), mention(f.to)}}},
		record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: f.kind, From: f.from, To: f.to, Role: f.role, Since: date(f.since), Until: date(f.until), Status: status,
			Confidence: confidence, Evidence: []record.Evidence{{Text: "#text", Quote: body, Method: "a test", Confidence: confidence}}}}})
}

// programme is a story with everything that an answer has to tell apart.
func programme(t testing.TB) *teller {
	s := newTeller(t)
	s.has(record.BoroughKind, "Camden", "Brent", "Sutton", "Merton")
	s.has(record.ProjectKind, "Warm Homes", "Cold Spots")
	s.has(record.PartnerKind, "LOTI", "Snook")
	s.has(record.PersonKind, "Ada Example", "Bob Example")
	s.says(fact{kind: record.Joined, from: "borough:camden", to: "project:warm-homes", role: "lead", since: "2020-03", date: "2020-04-01"})
	s.says(fact{kind: record.Joined, from: "borough:brent", to: "project:warm-homes", role: "pilot", since: "2020", until: "2021-06", date: "2020-06-01"})
	s.says(fact{kind: record.Joined, from: "borough:sutton", to: "project:warm-homes", role: "participant", date: "2021-02-01"})
	s.says(fact{kind: record.Joined, from: "borough:merton", to: "project:warm-homes", role: "participant", date: "2021-03-01", proposed: true})
	s.says(fact{kind: record.PartnerIn, from: "partner:snook", to: "project:warm-homes", role: "delivery", date: "2020-04-01"})
	s.says(fact{kind: record.MemberOf, from: "borough:camden", to: "partner:loti", since: "2019-07-01", date: "2019-07-15"})
	s.says(fact{kind: record.MemberOf, from: "borough:brent", to: "partner:loti", since: "2019-07-01", until: "2022", date: "2019-07-15"})
	s.says(fact{kind: record.WorksFor, from: "person:ada-example", to: "borough:camden", role: "Analyst", until: "2021", date: "2020-01-01"})
	s.says(fact{kind: record.WorksFor, from: "person:ada-example", to: "partner:loti", role: "Director", since: "2022-01", date: "2022-02-01"})
	return s
}

// TestStories: what is certain, possible, ended, proposed and not so is told
// apart, by the lens and by the time asked about.
func TestStories(t *testing.T) {
	a := over(t, programme(t).store)
	proposed := a
	proposed.Lens.Proposed = true
	for _, story := range []struct {
		asker    ask.Asker
		question string
		want     string
	}{
		{a, "Which boroughs joined Warm Homes?", "Three boroughs joined Warm Homes: Camden, Sutton and Brent. Ended since: Brent (until June 2021). One proposal that nobody has reviewed yet is left out."},
		{proposed, "Which boroughs joined Warm Homes?", "Four boroughs joined Warm Homes: Camden, Merton, Sutton and Brent. Ended since: Brent (until June 2021). One of these is a proposal that nobody has reviewed yet."},
		{a, "Which boroughs joined Warm Homes in 2020?", "Two boroughs joined Warm Homes in 2020: Brent and Camden. For one more the dates leave it open: Sutton. One proposal that nobody has reviewed yet is left out."},
		{a, "Which boroughs joined Warm Homes in 2019?", "No borough is known to have joined Warm Homes in 2019, but for one the dates leave it open: Sutton. One proposal that nobody has reviewed yet is left out."},
		{a, "Which boroughs joined Warm Homes before 2022?", "Three boroughs joined Warm Homes up to 31 December 2021: Brent, Camden and Sutton. One proposal that nobody has reviewed yet is left out."},
		{a, "Which boroughs are in Warm Homes as of 1 January 2022?", "Two boroughs are in Warm Homes as of 1 January 2022: Camden and Sutton. One proposal that nobody has reviewed yet is left out."},
		{a, "Which boroughs are in Warm Homes as of 1 April 2020?", "One borough is in Warm Homes as of 1 April 2020: Camden. For two more the dates leave it open: Brent and Sutton. One proposal that nobody has reviewed yet is left out."},
		{a, "Which boroughs left Warm Homes?", "One borough left Warm Homes: Brent (until June 2021)."},
		{a, "Which boroughs left Warm Homes in 2020?", "As far as the records say, no borough left Warm Homes in 2020."},
		{a, "Which boroughs have not joined Warm Homes?", "As far as the records say, one borough has not joined Warm Homes: Merton. For one of them it is open, since a proposal, or a text that names both, may say otherwise: Merton. Not counted: Brent, which joined and left again."},
		{a, "Which boroughs have not joined Cold Spots?", "Four boroughs have not joined Cold Spots, as far as the records say: Brent, Camden, Merton and Sutton."},
		{a, "Who leads Warm Homes?", "Camden leads Warm Homes."},
		{a, "Who leads Cold Spots?", "As far as the records say, nobody leads Cold Spots."},
		{a, "Who is a member of LOTI?", "One borough or organisation is a member of LOTI: Camden. Formerly: Brent (until 2022)."},
		{a, "Who was a member of LOTI in 2020?", "Two boroughs and organisations were members of LOTI in 2020: Brent and Camden."},
		{a, "Is Brent a LOTI member?", "Brent was a member of LOTI from 1 July 2019 to 2022."},
		{a, "Did Merton join Warm Homes?", "As far as the records say, Merton did not join Warm Homes. One proposal that nobody has reviewed yet is left out."},
		{a, "Did Merton join Cold Spots?", "Nothing says that Merton joined Cold Spots."},
		{a, "Where does Ada work?", "Ada Example works for LOTI (Director). Formerly: Camden (until 2021)."},
		{a, "Where did Ada Example work in 2020?", "Ada Example worked for Camden (Analyst) in 2020."},
		{a, "Who works for Camden?", "As far as the records say, no person works for Camden. Formerly: Ada Example (until 2021)."},
		{a, "What is Camden part of?", "Camden is or was part of two projects and organisations: Warm Homes and LOTI."},
		{a, "Which boroughs have joined any housing project?", "Three boroughs took part in a project about housing: Camden, Sutton and Brent. Ended since: Brent (until June 2021). One proposal that nobody has reviewed yet is left out."},
		{a, "snook and camden", "Snook and Camden share one project: Warm Homes."},
		{a, "How are Ada and Snook linked?", "Ada Example and Snook are linked through Camden, then Warm Homes."},
		{a, "How are Camden and Brent linked?", "Camden and Brent are linked through LOTI and through Warm Homes."},
		{a, "How are Camden and LOTI linked?", "Camden and LOTI are linked directly: Camden is a member of LOTI (since 1 July 2019), says Note 15."},
		{a, "How are Merton and Snook linked?", "No chain of up to six links leads from Merton to Snook. One proposal that nobody has reviewed yet is left out."},
		{a, "Who is Example?", "This can be read in two ways, so I did not guess; choose one of the readings. Until then, here is what search finds."},
	} {
		if got := asked(t, story.asker, story.question).Sentence; got != story.want {
			t.Errorf("%s\nsays %s\nwant %s", story.question, got, story.want)
		}
	}
}

// A name with a full stop in it ends no sentence.
func TestNameWithFullStop(t *testing.T) {
	s := programme(t)
	s.has(record.PartnerKind, "Dr. Foster")
	s.says(fact{kind: record.PartnerIn, from: "partner:dr-foster", to: "project:warm-homes", date: "2020-04-01"})
	s.says(fact{kind: record.WorksFor, from: "person:bob-example", to: "partner:dr-foster", date: "2020-04-01"})
	a := over(t, s.store)
	for question, want := range map[string]string{
		"Who takes part in Warm Homes?": "Three boroughs (Camden, Sutton and Brent) and two organisations (Dr. Foster and Snook) take part in Warm Homes. Ended since: Brent (until June 2021). One proposal that nobody has reviewed yet is left out.",
		"Where does Bob work?":          "Bob Example works for Dr. Foster.",
	} {
		if got := asked(t, a, question).Sentence; got != want {
			t.Errorf("%s\nsays %s\nwant %s", question, got, want)
		}
	}
}

// A table that is too long is cut, and says so; the sentence counts all.
func TestLongTable(t *testing.T) {
	s := programme(t)
	var ops []record.Op
	for i := range 520 {
		name := fmt.Sprintf("Employee %03d", i)
		ops = append(ops, record.Op{SaveNode: &record.SaveNode{Kind: record.PersonKind, Node: record.Node{Name: name, Stated: record.Public}, Handle: fmt.Sprint("#p", i)}},
			record.Op{SaveLink: &record.SaveLink{Link: record.Link{Type: record.WorksFor, From: record.ID(fmt.Sprint("#p", i)), To: "partner:snook", Status: record.Confirmed, Confidence: 1,
				Evidence: []record.Evidence{{Text: "weeknote:note-14", Quote: "snook", Method: "a test", Confidence: 1}}}}})
	}
	s.commit(ops...)
	answer := asked(t, over(t, s.store), "Who works for Snook?")
	sound(t, "Who works for Snook?", answer)
	if len(answer.Table.Rows) != 500 || len(answer.Links) != 500 || len(answer.Nodes) != 501 ||
		!strings.HasPrefix(answer.Sentence, "520 people work for Snook: Employee 000, ") || !strings.HasSuffix(answer.Sentence, " The table has the first 500 of 520 rows.") {
		t.Errorf("%d rows, %d links, %d nodes: %s", len(answer.Table.Rows), len(answer.Links), len(answer.Nodes), answer.Sentence)
	}
}

// What a viewer may not see changes nothing of what they are told: an answer is
// the same as over a graph without it.
func TestHiddenLeavesNoTrace(t *testing.T) {
	open, more := programme(t), programme(t)
	more.commit(record.Op{SaveNode: &record.SaveNode{Kind: record.ProjectKind, Node: record.Node{Name: "Black Box", Project: &record.Project{Themes: []string{"secrets"}}}}},
		record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Node: record.Node{Name: "Warm Hands"}}})
	more.says(fact{kind: record.Joined, from: "borough:merton", to: "project:black-box", date: "2022-01-01", visibility: record.Staff})
	more.says(fact{kind: record.Joined, from: "borough:merton", to: "project:cold-spots", date: "2022-01-01", visibility: record.Staff})
	more.says(fact{kind: record.PartnerIn, from: "partner:warm-hands", to: "project:cold-spots", date: "2022-01-01", visibility: record.Staff})
	public, staff := over(t, more.store), over(t, more.store)
	staff.Lens.Viewer.Clearance = record.Staff
	without := over(t, open.store)
	questions := []string{"Which boroughs joined Black Box?", "Black Box", "Which boroughs joined Blackk Boxx?", "Which boroughs joined a secrets project?", "Which boroughs joined any nothing project?",
		"Who is in Cold Spots?", "What is Merton part of?", "Is Merton in Warm Homes?", "Which boroughs have not joined Warm Homes?", "Which weeknotes mention Merton?", "What happened with Merton?",
		"boroughs like Merton", "Which partners has Merton worked with?", "What is Warm Hands?", "warm", "Which projects are about secrets?", "What is Cold Spots?", "Merton and Snook"}
	for _, tpl := range ask.Templates() {
		for _, name := range []string{"Merton", "Warm Homes", "Cold Spots", "LOTI", "Black Box", "housing"} {
			q := tpl.Pattern
			for _, s := range tpl.Slots {
				q = strings.Replace(q, "{"+s.Name+"}", name, 1)
				name = "Camden"
			}
			questions = append(questions, q)
		}
	}
	differs := 0
	for _, q := range questions {
		for _, proposed := range []bool{false, true} {
			public.Lens.Proposed, without.Lens.Proposed, staff.Lens.Proposed = proposed, proposed, proposed
			got, want := told(asked(t, public, q)), told(asked(t, without, q))
			if got != want {
				t.Errorf("%s\nover more\n%s\nwithout it\n%s", q, got, want)
			}
			if told(asked(t, staff, q)) != got {
				differs++
			}
		}
	}
	if differs < 10 {
		t.Errorf("only %d answers tell staff more: the test does not see much", differs)
	}
}

// told is all of an answer that a reader sees. What search finds is told in no
// order: how well it fits depends on how rare a word is.
func told(a *ask.Answer) string {
	var b strings.Builder
	fmt.Fprintln(&b, a.Understood, "|", a.Sentence, "|", a.OtherReadings, a.Table)
	var nodes []string
	for _, n := range a.Nodes {
		nodes = append(nodes, fmt.Sprint(n.ID, n.Name))
	}
	if a.Template == "" {
		slices.Sort(nodes)
	}
	fmt.Fprintln(&b, nodes)
	for _, l := range a.Links {
		fmt.Fprintln(&b, l.Type, l.From, l.To, l.Since, len(l.Evidence))
	}
	return b.String()
}

// An answer names what it shows: the first record of every row is among the
// nodes, rows have as many cells as columns, and what they rest on is there.
func sound(t testing.TB, question string, a *ask.Answer) {
	t.Helper()
	if a.Sentence == "" || !utf8.ValidString(a.Sentence) {
		t.Errorf("%q has the sentence %q", question, a.Sentence)
	}
	if (a.Understood == "") != (a.Template == "") || (a.Template == "") != (a.Table == nil) {
		t.Errorf("%q is half understood: %+v", question, a)
	}
	if a.Table == nil {
		return
	}
	links := map[string]bool{}
	for _, l := range a.Links {
		links[l.ID] = true
	}
	nodes := map[record.ID]bool{}
	for _, n := range a.Nodes {
		nodes[n.ID] = true
	}
	for _, row := range a.Table.Rows {
		if len(row.Cells) != len(a.Table.Columns) || len(row.Records) == 0 || !nodes[row.Records[0]] {
			t.Errorf("%q has the row %+v under %v", question, row, a.Table.Columns)
		}
		for _, id := range row.Links {
			if !links[id] {
				t.Errorf("%q rests on %s and does not give it", question, id)
			}
		}
	}
}

// Any text is answered, the same way twice.
func FuzzAsk(f *testing.F) {
	for _, set := range []string{"judged", "held"} {
		for _, j := range readJudged(f, "testdata/"+set+".txt") {
			f.Add(j.question)
		}
	}
	for _, text := range []string{"", "?", "'", "’s", "and and and and", strings.Repeat("which boroughs ", 13), strings.Repeat("camden and ", 19), "\xff\xfe", "who's 's", "in 2021 in 2021", "a the an a the",
		"borough:camden and project:city-tools", "between 2021 and 2020", "Which boroughs joined İstanbul in 31 February 2021", strings.Repeat("é", 600)} {
		f.Add(text)
	}
	a := seeded(f)
	f.Fuzz(func(t *testing.T, question string) {
		first := asked(t, a, question)
		sound(t, question, first)
		if again := asked(t, a, question); told(first) != told(again) {
			t.Errorf("%q is answered in two ways", question)
		}
	})
}

// Every judged question is answered soundly, through every lens.
func TestSound(t *testing.T) {
	a := seeded(t)
	for _, lens := range []record.Lens{{}, {Proposed: true}, {AsOf: record.PartialDate{Year: 2020, Month: 12, Day: 1}}, {Viewer: record.Viewer{Clearance: record.Staff}, Proposed: true}} {
		a.Lens = lens
		for _, set := range []string{"judged", "held"} {
			for _, j := range readJudged(t, "testdata/"+set+".txt") {
				answer := asked(t, a, j.question)
				sound(t, j.question, answer)
				for _, l := range answer.Links {
					if !lens.Shows(l.Status) {
						t.Errorf("%q rests on the %s link %s", j.question, l.Status, l.ID)
					}
				}
			}
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	a := seeded(b)
	list := readJudged(b, "testdata/judged.txt")
	for i := 0; b.Loop(); i++ {
		asked(b, a, list[i%len(list)].question)
	}
}
