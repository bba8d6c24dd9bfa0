package main

import (
	"context"
	"fmt"
	"strings"

	"lotigraph/record"
)

// add adds a record by hand.
func (p *program) add(ctx context.Context, args []string) error {
	f := p.flags("add", "KIND NAME", "Adds a record by hand: a project, person or partner. A text comes with lotigraph import.")
	data, address := f.data("data"), f.server()
	aliases := f.String("aliases", "", "other `NAMES`, parted by semicolons")
	summary := f.String("summary", "", "a sentence or two about it")
	page := f.String("url", "", "its own web page")
	sector := f.String("sector", "", "the sector of a partner")
	sees := f.String("visibility", "", "who may see it: PUBLIC, MEMBERS or STAFF; whoever may read a text that names it when left out")
	reason := f.String("reason", "", "why, in words, for the change log")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) < 2 {
		return misuse{"add", "add: say the kind and the name, such as: lotigraph add partner \"Open Lab\""}
	}
	kind, err := record.ParseKind(rest[0])
	if err != nil {
		return misuse{"add", "add: " + err.Error()}
	}
	input := map[string]any{"kind": kind, "name": strings.Join(rest[1:], " "), "summary": *summary}
	if *aliases != "" {
		input["aliases"] = strings.Split(*aliases, ";")
	}
	if *page != "" {
		input["url"] = *page
	}
	if *sees != "" {
		input["visibility"] = strings.ToUpper(*sees)
	}
	if *sector != "" {
		input["partner"] = map[string]any{"sector": *sector}
	}
	return p.in(ctx, *data, *address, func(s *session) error {
		did, err := s.settle(ctx, `mutation M($input: NodeInput!, $reason: String) { did: saveNode(input: $input, reason: $reason) { change outcome node { id name } } }`,
			map[string]any{"input": input, "reason": *reason})
		if err == nil {
			fmt.Fprintf(p.stdout, "%s is %s (%s)\n", did.Node.Name, did.Node.ID, did.numbers())
		}
		return err
	})
}

// link adds a link by hand, with its evidence.
func (p *program) link(ctx context.Context, args []string) error {
	f := p.flags("link", "TYPE FROM TO --text TEXT --quote WORDS", `Adds a link by hand, with the sentence that says it; a link that says the same gains the sentence as evidence.
Records and the text may be named by their ids, names or abbreviations. Types: `+strings.Join(typeNames(), ", ")+".")
	data, address := f.data("data"), f.server()
	text := f.String("text", "", "the `TEXT` that says it")
	quote := f.String("quote", "", "the exact `WORDS` of the text")
	role := f.String("role", "", "the role, or the job title")
	since, until := f.String("since", "", "since when: 2021, 2021-05 or 2021-05-17"), f.String("until", "", "until when")
	reason := f.String("reason", "", "why, in words, for the change log")
	rest, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(rest) != 3:
		return misuse{"link", "link: say the type and the two records, each in quotation marks if it has spaces"}
	case *text == "" || *quote == "":
		return misuse{"link", "link: every link needs the sentence that says it: --text and --quote"}
	}
	t, err := record.ParseLinkType(rest[0])
	if err != nil {
		return misuse{"link", "link: " + err.Error()}
	}
	return p.in(ctx, *data, *address, func(s *session) error {
		input := map[string]any{"type": t, "role": *role}
		for key, end := range map[string]struct {
			name  string
			kinds []record.Kind
		}{"from": {rest[1], t.From()}, "to": {rest[2], t.To()}} {
			if input[key], err = s.named(ctx, end.name, end.kinds...); err != nil {
				return record.Under(key, err)
			}
		}
		source, err := s.named(ctx, *text, record.WeeknoteKind)
		if err != nil {
			return record.Under("text", err)
		}
		input["evidence"] = []map[string]any{{"weeknote": source, "quote": *quote}}
		for key, value := range map[string]string{"since": *since, "until": *until} {
			if value != "" {
				input[key] = value
			}
		}
		did, err := s.settle(ctx, `mutation M($input: LinkInput!, $reason: String) { did: saveLink(input: $input, reason: $reason) { change outcome link { id } } }`,
			map[string]any{"input": input, "reason": *reason})
		if err == nil {
			fmt.Fprintf(p.stdout, "%s, %s (%s)\n", did.Link.ID, strings.ToLower(did.Outcome), did.numbers())
		}
		return err
	})
}

func typeNames() (names []string) {
	for _, t := range record.LinkTypes() {
		if !t.Derived() {
			names = append(names, t.String())
		}
	}
	return names
}

// withdraw takes things back.
func (p *program) withdraw(ctx context.Context, args []string) error {
	return p.byID(ctx, args, "withdraw", "Takes back a text, a record, a link or a ruling, by its id. It can be undone, or restored.",
		`mutation M($id: ID!, $reason: String) { did: withdraw(id: $id, reason: $reason) { change outcome } }`, "withdrawn")
}

// restore lets things stand again.
func (p *program) restore(ctx context.Context, args []string) error {
	return p.byID(ctx, args, "restore", "Lets a text, a record, a link or a ruling that was withdrawn stand again, by its id.",
		`mutation M($id: ID!, $reason: String) { did: restore(id: $id, reason: $reason) { change outcome } }`, "restored")
}

// unmerge takes a merge back.
func (p *program) unmerge(ctx context.Context, args []string) error {
	return p.byID(ctx, args, "unmerge", "Takes a merge back: the record of the old id is there again as it was, with what was said of it since.",
		`mutation M($id: ID!, $reason: String) { did: unmerge(id: $id, reason: $reason) { change outcome } }`, "a record of its own again")
}

// undo puts back what changes touched.
func (p *program) undo(ctx context.Context, args []string) error {
	return p.byID(ctx, args, "undo", "Puts back what a change touched, by its number, provided that nothing has touched it since. Of several, name the last one first.",
		`mutation M($id: ID!, $reason: String) { did: undo(change: $id, reason: $reason) { change outcome } }`, "undone")
}

// byID runs a mutation for each id of a command.
func (p *program) byID(ctx context.Context, args []string, name, about, mutation, done string) error {
	f := p.flags(name, "ID...", about)
	data, address := f.data("data"), f.server()
	reason := f.String("reason", "", "why, in words, for the change log")
	ids, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return misuse{name, name + ": say which, by the id"}
	}
	return p.in(ctx, *data, *address, func(s *session) error {
		for _, id := range ids {
			did, err := s.settle(ctx, mutation, map[string]any{"id": id, "reason": *reason})
			if err != nil {
				return err
			}
			if did.Outcome == string(record.Unchanged) {
				fmt.Fprintf(p.stdout, "%s was so already\n", id)
			} else {
				fmt.Fprintf(p.stdout, "%s: %s (%s)\n", id, done, did.numbers())
			}
		}
		return nil
	})
}

// merge says that two records are one, or what that would do.
func (p *program) merge(ctx context.Context, args []string) error {
	f := p.flags("merge", "FROM INTO", `Says that two records are one: FROM goes by INTO, which is shown with the names and links of both. Nothing is
rewritten, and lotigraph unmerge takes it back.`)
	data, address := f.data("data"), f.server()
	dry := f.Bool("dry-run", false, "only say what would move")
	reason := f.String("reason", "", "why, in words, for the change log")
	rest, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(rest) != 2:
		return misuse{"merge", "merge: say which record goes by which"}
	}
	return p.in(ctx, *data, *address, func(s *session) error {
		var ids [2]record.ID
		for i, name := range rest {
			if ids[i], err = s.named(ctx, name); err != nil {
				return err
			}
		}
		if *dry {
			return p.previewMerge(ctx, s, ids[0], ids[1])
		}
		return p.mergeRecords(ctx, s, ids[0], ids[1], *reason)
	})
}

// mergeRecords merges one record into another, and says so.
func (p *program) mergeRecords(ctx context.Context, s *session, from, into record.ID, reason string) error {
	did, err := s.settle(ctx, `mutation M($from: ID!, $into: ID!, $reason: String) { did: merge(from: $from, into: $into, reason: $reason) { change outcome node { id name } } }`,
		map[string]any{"from": from, "into": into, "reason": reason})
	if err == nil {
		fmt.Fprintf(p.stdout, "%s goes by %s now (%s)\n", from, did.Node.ID, did.numbers())
	}
	return err
}

func (p *program) previewMerge(ctx context.Context, s *session, from, into record.ID) error {
	var got struct {
		MergePreview struct {
			Names []string
			Moves []struct {
				Type      record.LinkType
				Direction string
				Count     int
			}
			Joins   int
			Refusal string
		}
	}
	err := s.ask(ctx, `query P($from: ID!, $into: ID!) { mergePreview(from: $from, into: $into) { names moves { type direction count } joins refusal } }`,
		map[string]any{"from": from, "into": into}, &got)
	m := got.MergePreview
	switch {
	case err != nil:
		return err
	case m.Refusal != "":
		return record.Conflict("%s", m.Refusal)
	}
	fmt.Fprintf(p.stdout, "Nothing was changed; %s would go by %s:\n", from, into)
	if len(m.Names) > 0 {
		fmt.Fprintf(p.stdout, "  found by the names too: %s\n", strings.Join(m.Names, ", "))
	}
	for _, move := range m.Moves {
		fmt.Fprintf(p.stdout, "  %s %s %s\n", plural(move.Count, "link"), strings.ToLower(move.Direction), move.Type)
	}
	fmt.Fprintf(p.stdout, "  %s would be one with another that says the same\n", plural(m.Joins, "link"))
	return nil
}
