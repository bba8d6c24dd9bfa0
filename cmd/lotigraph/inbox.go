package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lotigraph/record"
)

// inboxFlags are those of the commands that list or settle a part of the inbox.
type inboxFlags struct {
	data, server                    *string
	asJSON                          *bool
	sort, kind, rule, source, about *string
	as, name, sector, reason        *string
	linkType, from, to, role        *string
	since, until, aliases           *string
	first                           *int
}

const inboxAbout = `Lists what waits for a person, what settles most first: links read from sentences, names that no record goes by,
records that may be one. Then settles it, by the ids that the list shows:

  lotigraph inbox                                list
  lotigraph inbox accept ID...                   a link is right; a name is a new record; two records are one
  lotigraph inbox accept NAME-ID --as RECORD     a name is another name of a known record
  lotigraph inbox reject ID...                   a link is wrong; a name is no record; two records are two
  lotigraph inbox correct LINK-ID --role ROLE    a link is right but for its --type, --from, --to, --role, --since, --until
  lotigraph inbox accept --source TEXT           every link that one text says; --rule RULE: that one rule has read

Records may be named by their ids, names or abbreviations. What was decided is undone with lotigraph undo.`

// inbox lists what waits, or settles some of it.
func (p *program) inbox(ctx context.Context, args []string) error {
	f := p.flags("inbox", "[accept|reject|correct] [ID...]", inboxAbout)
	c := inboxFlags{data: f.data("data"), server: f.server(), asJSON: f.json(),
		sort: f.String("sort", "", "only REPORT, LINK, NAME or PAIR"), kind: f.String("kind", "", "only names and pairs of this kind, and links of records of it"),
		rule: f.String("rule", "", "only what this reading rule has read"), source: f.String("source", "", "only what was read in this `TEXT`"),
		about: f.String("about", "", "only links of this `RECORD` and pairs with it"), first: f.Int("first", 20, "how many to show, 1 to 100"),
		as: f.String("as", "", "accept: the known `RECORD` that goes by the name"), name: f.String("name", "", "accept: the full name of the new record"),
		aliases: f.String("aliases", "", "accept: other `NAMES` of the new record, parted by semicolons"), sector: f.String("sector", "", "accept: the sector of a new organisation"),
		linkType: f.String("type", "", "correct: what the link says, such as JOINED"), from: f.String("from", "", "correct: the `RECORD` it begins with"),
		to: f.String("to", "", "correct: the `RECORD` it ends with"), role: f.String("role", "", "correct: the role; \"none\" for none"),
		since: f.String("since", "", "correct: since when"), until: f.String("until", "", "correct: until when"), reason: f.String("reason", "", "why, in words, for the change log")}
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	verb := "list"
	if len(rest) > 0 {
		verb, rest = rest[0], rest[1:]
	}
	do := map[string]func(context.Context, *session, inboxFlags, []string) error{
		"list": p.listInbox, "accept": p.acceptFromInbox, "reject": p.rejectFromInbox, "correct": p.correctLink}[verb]
	if do == nil {
		return misuse{"inbox", fmt.Sprintf("inbox: %q is not known here; say accept, reject, correct, or nothing to list", verb)}
	}
	return p.in(ctx, *c.data, *c.server, func(s *session) error { return do(ctx, s, c, rest) })
}

// in opens a session for a piece of work.
func (p *program) in(ctx context.Context, data, server string, do func(*session) error) error {
	s, err := p.session(ctx, data, server)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.end())
}

// waiting is a thing of the inbox as the API spells it.
type waiting struct {
	ID        string  `json:"id"`
	Sort      string  `json:"sort"`
	Question  string  `json:"question"`
	Settles   int     `json:"settles"`
	Certainty float64 `json:"certainty"`
	Link      *struct {
		Evidence []passage `json:"evidence"`
	} `json:"link,omitempty"`
	Name *struct {
		TextCount int       `json:"textCount"`
		LinkCount int       `json:"linkCount"`
		Evidence  []passage `json:"evidence"`
	} `json:"name,omitempty"`
	Pair *struct {
		A       struct{ ID record.ID }  `json:"a"`
		B       struct{ ID record.ID }  `json:"b"`
		Reasons []struct{ Text string } `json:"reasons"`
	} `json:"pair,omitempty"`
	Report *struct {
		Says string `json:"says"`
		Link struct {
			ID       string    `json:"id"`
			Evidence []passage `json:"evidence"`
		} `json:"link"`
	} `json:"report,omitempty"`
}

// passage is the words of a text that say something.
type passage struct {
	Quote    string `json:"quote"`
	Method   string `json:"method"`
	Weeknote struct {
		ID    record.ID `json:"id"`
		Title string    `json:"title"`
		Date  string    `json:"date"`
	} `json:"weeknote"`
}

const inboxQuery = `query Inbox($filter: InboxFilter, $first: Int!) {
  inbox(filter: $filter, first: $first) { totalCount nodes { id sort question settles certainty
    link { evidence { ...passage } } name { textCount linkCount evidence { ...passage } }
    pair { a { id } b { id } reasons { text } } report { says link { id evidence { ...passage } } } } }
}
fragment passage on Evidence { quote method weeknote { id title date } }`

func (p *program) listInbox(ctx context.Context, s *session, c inboxFlags, rest []string) error {
	if len(rest) > 0 {
		return misuse{"inbox", fmt.Sprintf("inbox: to list takes no arguments, and got %q", rest[0])}
	}
	if *c.first < 1 || *c.first > 100 {
		return misuse{"inbox", fmt.Sprintf("inbox: --first is 1 to 100, not %d", *c.first)}
	}
	filter, err := s.inboxFilter(ctx, c)
	if err != nil {
		return err
	}
	var got struct {
		Inbox struct {
			TotalCount int       `json:"totalCount"`
			Nodes      []waiting `json:"nodes"`
		}
	}
	if err := s.ask(ctx, inboxQuery, map[string]any{"filter": filter, "first": *c.first}, &got); err != nil {
		return err
	}
	if *c.asJSON {
		return p.printJSON(got.Inbox)
	}
	verb := "wait"
	if got.Inbox.TotalCount == 1 {
		verb = "waits"
	}
	fmt.Fprintf(p.stdout, "%s %s for a person\n", plural(got.Inbox.TotalCount, "thing"), verb)
	for _, w := range got.Inbox.Nodes {
		p.sayWaiting(w)
	}
	if more := got.Inbox.TotalCount - len(got.Inbox.Nodes); more > 0 {
		fmt.Fprintf(p.stdout, "and %d more; --first shows up to 100, and flags narrow the list\n", more)
	}
	return nil
}

func (p *program) sayWaiting(w waiting) {
	fmt.Fprintf(p.stdout, "\n%s  %s\n", w.ID, w.Question)
	var passages []passage
	switch {
	case w.Link != nil:
		passages = w.Link.Evidence
	case w.Report != nil:
		fmt.Fprintf(p.stdout, "    of %s somebody says: %s\n", w.Report.Link.ID, strings.Join(strings.Fields(w.Report.Says), " "))
		passages = w.Report.Link.Evidence
	case w.Name != nil:
		fmt.Fprintf(p.stdout, "    in %s; links said of it: %d\n", plural(w.Name.TextCount, "text"), w.Name.LinkCount)
		passages = w.Name.Evidence
	case w.Pair != nil:
		fmt.Fprintf(p.stdout, "    %s and %s\n", w.Pair.A.ID, w.Pair.B.ID)
		for _, r := range w.Pair.Reasons {
			fmt.Fprintf(p.stdout, "    %s\n", r.Text)
		}
	}
	for i, e := range passages {
		if i == snippets {
			break
		}
		fmt.Fprintf(p.stdout, "    “%s”\n      %s  [%s]\n", strings.Join(strings.Fields(e.Quote), " "), strings.TrimSpace(e.Weeknote.Title+", "+e.Weeknote.Date), e.Method)
	}
}

// inboxFilter is the filter of the flags; nil when they narrow nothing.
func (s *session) inboxFilter(ctx context.Context, c inboxFlags) (map[string]any, error) {
	filter := map[string]any{}
	if *c.sort != "" {
		filter["sorts"] = []string{strings.ToUpper(*c.sort)}
	}
	if *c.kind != "" {
		kind, err := record.ParseKind(*c.kind)
		if err != nil {
			return nil, err
		}
		filter["kinds"] = []record.Kind{kind}
	}
	if *c.linkType != "" {
		t, err := record.ParseLinkType(*c.linkType)
		if err != nil {
			return nil, err
		}
		filter["types"] = []record.LinkType{t}
	}
	if *c.rule != "" {
		filter["rule"] = *c.rule
	}
	for key, name := range map[string]*string{"source": c.source, "about": c.about} {
		if *name == "" {
			continue
		}
		id, err := s.named(ctx, *name)
		if err != nil {
			return nil, err
		}
		filter[key] = id
	}
	return filter, nil
}

// named is the one record that a person means by an id, a name or an abbreviation.
// A part of a name is refused, and so is what fits several: what follows would
// change the wrong one.
func (s *session) named(ctx context.Context, name string, kinds ...record.Kind) (record.ID, error) {
	if id := record.ID(strings.TrimSpace(name)); id.Validate() == nil {
		return id, nil
	}
	var got struct {
		Find []struct {
			ID      record.ID
			Name    string
			Aliases []string
		}
	}
	variables := map[string]any{"name": name}
	if len(kinds) > 0 {
		variables["kinds"] = kinds
	}
	if err := s.ask(ctx, `query Find($name: String!, $kinds: [Kind!]) { find(name: $name, kinds: $kinds) { id name aliases } }`, variables, &got); err != nil {
		return "", err
	}
	var called, alsoCalled, rest []string
	for _, n := range got.Find {
		switch node := (record.Node{Name: n.Name, Aliases: n.Aliases}); {
		case record.Fold(n.Name) == record.Fold(name):
			called = append(called, string(n.ID))
		case node.GoesBy(name):
			alsoCalled = append(alsoCalled, string(n.ID))
		default:
			rest = append(rest, string(n.ID))
		}
	}
	for _, fits := range [][]string{called, alsoCalled} {
		if len(fits) == 1 {
			return record.ID(fits[0]), nil
		}
		if len(fits) > 1 {
			return "", record.Invalid("", "%q is the name of several: %s; use an id", name, strings.Join(fits, ", "))
		}
	}
	if len(rest) > 0 {
		return "", record.NotFound("nothing is called %q; use the whole name or the id, such as %s", name, rest[0])
	}
	return "", record.NotFound("nothing is called %q; `lotigraph search` helps to find how it is spelt", name)
}
