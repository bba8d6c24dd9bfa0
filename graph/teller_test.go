package graph_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// teller says the facts of a story to a graph.
type teller struct {
	t       *testing.T
	store   *graph.Store
	ids     map[string]record.ID // of records, by their names and other names
	names   map[record.ID]string
	links   map[string]string // ids of links, by what they say
	said    map[string]uint64 // numbers of changes, by their lines
	refusal error             // of the last thing that was tried
}

func newTeller(t *testing.T) *teller {
	return &teller{t: t, store: open(t, ""), ids: map[string]record.ID{}, names: map[record.ID]string{}, links: map[string]string{}, said: map[string]uint64{}}
}

// fact is a sort of line that a story may say.
type fact struct {
	form *regexp.Regexp
	op   func(s *teller, parts []string) record.Op
}

func facts() []fact {
	var phrases []string
	for _, t := range record.LinkTypes() {
		phrases = append(phrases, t.Phrase())
	}
	says := `(.+?) (` + strings.Join(phrases, "|") + `) (.+?)`
	form := func(s string) *regexp.Regexp { return regexp.MustCompile("^" + s + "$") }
	return []fact{
		{form(`undo: (.+)`), (*teller).undo},
		{form(`withdraw: (.+)`), (*teller).withdraw},
		{form(`restore: (.+)`), (*teller).restore},
		{form(`(.+) is (the same as|not) (.+)`), (*teller).rule},
		{form(`(confirm|reject|reopen): ` + says), (*teller).review},
		{form(`(project|partner|person) (.+?)(?:, also called (.+?))?(, known from texts only)?`), (*teller).record},
		{form(`borough (.+), code (E\d+)`), (*teller).borough},
		{form(`text (.+?)(?:, (\d[\d-]*))?(?:, for (members|staff))?: (.+)`), (*teller).text},
		{form(says + `(?: as (.+?))?(?: from ([\d-]+))?(?: until ([\d-]+))?, (proposed|confirmed|rejected) by (.+?)(?: version (\d+))?: "(.+)"`), (*teller).link},
	}
}

// say says one line, as one change. It must be accepted, unless it begins with
// "try: ".
func (s *teller) say(line string) {
	s.t.Helper()
	if line == "" {
		return
	}
	bare, tried := strings.CutPrefix(line, "try: ")
	for _, f := range facts() {
		parts := f.form.FindStringSubmatch(bare)
		if parts == nil {
			continue
		}
		op := f.op(s, parts[1:])
		entry, err := s.store.Commit(s.t.Context(), change(fmt.Sprint(bare, " ", s.store.Version()), op))
		s.refusal = err
		if tried != (err != nil) {
			s.t.Fatalf("%q: %v", line, err)
		}
		if err == nil {
			s.remember(bare, op, entry)
		}
		return
	}
	s.t.Fatalf("%q is no fact; testdata/stories/README.md says how to write one", line)
}

func (s *teller) remember(line string, op record.Op, entry record.Entry) {
	s.said[line] = entry.Number
	saved := entry.Saved[0].ID
	switch {
	case op.SaveNode != nil:
		s.names[record.ID(saved)] = op.SaveNode.Node.Name
		for _, name := range op.SaveNode.Node.Names() {
			if s.ids[name] == "" {
				s.ids[name] = record.ID(saved)
			}
		}
	case op.SaveText != nil:
		s.ids[op.SaveText.Title], s.names[record.ID(saved)] = record.ID(saved), op.SaveText.Title
	case op.SaveLink != nil:
		l := op.SaveLink.Link
		s.links[s.names[l.From]+" "+l.Type.Phrase()+" "+s.names[l.To]] = saved
	}
}

func (s *teller) why(string) []string {
	var r *record.Refusal
	if !errors.As(s.refusal, &r) {
		return []string{"it was not"}
	}
	return []string{r.Class.Error() + ": " + r.Reason}
}

// id is the id of a record of the story.
func (s *teller) id(name string) record.ID {
	s.t.Helper()
	id, ok := s.ids[name]
	if !ok {
		s.t.Fatalf("the story has not told of %q yet", name)
	}
	return id
}

func (s *teller) record(parts []string) record.Op {
	kind, err := record.ParseKind(parts[0])
	if err != nil {
		s.t.Fatal(err)
	}
	var aliases []string
	if parts[2] != "" {
		aliases = strings.Split(parts[2], ", ")
	}
	op := saveNode(kind, parts[1], aliases...)
	if parts[3] != "" {
		op.SaveNode.Node.Stated = 0
	}
	return op
}

func (s *teller) borough(parts []string) record.Op {
	n := record.Node{ID: record.NewID(record.BoroughKind, record.Slugify(parts[0])), Name: parts[0], Borough: &record.Borough{ONSCode: parts[1]}}
	return record.Op{SaveNode: &record.SaveNode{Node: n}}
}

func (s *teller) text(parts []string) record.Op {
	visibility, err := record.ParseVisibility(parts[2])
	if err != nil {
		s.t.Fatal(err)
	}
	named := map[string]record.ID{}
	for name, id := range s.ids {
		if id.Kind() != record.WeeknoteKind {
			named[name] = id
		}
	}
	return saveText(parts[0]+".md", parts[0]+"\n\n"+parts[3], max(visibility, record.Public), parts[1], named)
}

func (s *teller) link(parts []string) record.Op {
	i := 0
	for record.LinkTypes()[i].Phrase() != parts[1] {
		i++
	}
	status := record.LinkStatus(strings.ToUpper(parts[6]))
	op := during(inRole(saveLink(record.LinkTypes()[i], s.id(parts[0]), s.id(parts[2]), s.id(parts[7]), parts[9], status), parts[3]), parts[4], parts[5])
	fmt.Sscan(parts[8], &op.SaveLink.Link.Evidence[0].Version)
	return op
}

func (s *teller) linkID(words string) string {
	s.t.Helper()
	id, ok := s.links[words]
	if !ok {
		s.t.Fatalf("the story has not told that %q", words)
	}
	return id
}

func (s *teller) review(parts []string) record.Op {
	status := map[string]record.LinkStatus{"confirm": record.Confirmed, "reject": record.Rejected, "reopen": record.Proposed}[parts[0]]
	return record.Op{ReviewLink: &record.ReviewLink{Link: s.linkID(strings.Join(parts[1:], " ")), Status: status}}
}

func (s *teller) withdraw(parts []string) record.Op {
	id := string(s.ids[parts[0]])
	if id == "" {
		id = s.linkID(parts[0])
	}
	return record.Op{Withdraw: &record.Withdraw{ID: id}}
}

func (s *teller) restore(parts []string) record.Op {
	return record.Op{Restore: &record.Restore{ID: s.withdraw(parts).Withdraw.ID}}
}

func (s *teller) rule(parts []string) record.Op {
	sort := map[string]record.RulingSort{"the same as": record.Same, "not": record.Distinct}[parts[1]]
	return rule(sort, s.id(parts[0]), s.id(parts[2]))
}

func (s *teller) undo(parts []string) record.Op {
	number, ok := s.said[parts[0]]
	if !ok {
		s.t.Fatalf("the story has not said %q", parts[0])
	}
	return record.Op{Undo: &record.Undo{Number: number}}
}
