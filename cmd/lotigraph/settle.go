package main

import (
	"context"
	"fmt"
	"strings"

	"lotigraph/inbox"
	"lotigraph/record"
)

// settled is what the mutations answer, each as far as it does.
type settled struct {
	Change    string                    `json:"change"`
	Changes   []string                  `json:"changes"`
	Outcome   string                    `json:"outcome"`
	Settled   int                       `json:"settled"`
	Texts     int                       `json:"texts"`
	Proposals int                       `json:"proposals"`
	Node      struct{ ID, Name string } `json:"node"`
	Link      struct{ ID string }       `json:"link"`
}

// numbers are the changes that undo takes, in words.
func (s settled) numbers() string {
	list := s.Changes
	if s.Change != "" {
		list = append(list, s.Change)
	}
	if len(list) == 0 {
		return "nothing changed"
	}
	word := "changes"
	if len(list) == 1 {
		word = "change"
	}
	return word + " " + strings.Join(list, ", ")
}

// settle asks a mutation that answers under the name "did".
func (s *session) settle(ctx context.Context, mutation string, variables map[string]any) (settled, error) {
	var got struct{ Did settled }
	err := s.ask(ctx, mutation, variables, &got)
	return got.Did, err
}

func (p *program) acceptFromInbox(ctx context.Context, s *session, c inboxFlags, ids []string) error {
	if *c.source != "" || *c.rule != "" {
		return p.settleAll(ctx, s, c, ids, record.Confirmed)
	}
	if (*c.as != "" || *c.name != "" || *c.aliases != "" || *c.sector != "") && len(ids) != 1 {
		return misuse{"inbox", "inbox accept: --as, --name, --aliases and --sector go with one name; give its id alone"}
	}
	return p.eachThing(ctx, s, c, ids, record.Confirmed, func(t inbox.Subject) error {
		if t.Sort == inbox.Reported {
			return p.settleReport(ctx, s, t, true, *c.reason)
		}
		if t.Sort == inbox.Pair {
			return p.mergeRecords(ctx, s, t.Gone, t.Kept, *c.reason)
		}
		return p.acceptName(ctx, s, c, t)
	})
}

// settleReport closes a report of a mistake.
func (p *program) settleReport(ctx context.Context, s *session, t inbox.Subject, wrong bool, reason string) error {
	did, err := s.settle(ctx, `mutation M($id: ID!, $wrong: Boolean!, $reason: String) { did: settleReport(id: $id, wrong: $wrong, reason: $reason) { change outcome } }`,
		map[string]any{"id": t.Report, "wrong": wrong, "reason": reason})
	if err == nil {
		verdict := "the link stays as it is"
		if wrong {
			verdict = "the link is rejected"
		}
		fmt.Fprintf(p.stdout, "%s is settled: %s (%s)\n", t.Report, verdict, did.numbers())
	}
	return err
}

func (p *program) acceptName(ctx context.Context, s *session, c inboxFlags, t inbox.Subject) error {
	variables := map[string]any{"kind": t.Kind, "name": t.Name, "reason": *c.reason}
	input := map[string]any{}
	if *c.name != "" {
		input["name"] = *c.name
	}
	if *c.aliases != "" {
		input["aliases"] = strings.Split(*c.aliases, ";")
	}
	if *c.sector != "" {
		input["sector"] = *c.sector
	}
	variables["input"] = input
	if *c.as != "" {
		id, err := s.named(ctx, *c.as)
		if err != nil {
			return record.Under("as", err)
		}
		variables["as"] = id
	}
	did, err := s.settle(ctx, `mutation M($kind: Kind!, $name: String!, $as: ID, $input: NameInput, $reason: String) {
		did: acceptName(kind: $kind, name: $name, as: $as, input: $input, reason: $reason) { changes texts proposals node { id name } } }`, variables)
	if err == nil {
		fmt.Fprintf(p.stdout, "%s is %s: %s read again, %s proposed (%s)\n", did.Node.Name, did.Node.ID, plural(did.Texts, "text"), plural(did.Proposals, "link"), did.numbers())
	}
	return err
}

func (p *program) rejectFromInbox(ctx context.Context, s *session, c inboxFlags, ids []string) error {
	if *c.source != "" || *c.rule != "" {
		return p.settleAll(ctx, s, c, ids, record.Rejected)
	}
	return p.eachThing(ctx, s, c, ids, record.Rejected, func(t inbox.Subject) error {
		if t.Sort == inbox.Reported {
			return p.settleReport(ctx, s, t, false, *c.reason)
		}
		if t.Sort == inbox.Pair {
			did, err := s.settle(ctx, `mutation M($a: ID!, $b: ID!, $reason: String) { did: notTheSame(a: $a, b: $b, reason: $reason) { change outcome } }`,
				map[string]any{"a": t.Kept, "b": t.Gone, "reason": *c.reason})
			if err == nil {
				fmt.Fprintf(p.stdout, "%s and %s are two (%s)\n", t.Kept, t.Gone, did.numbers())
			}
			return err
		}
		did, err := s.settle(ctx, `mutation M($kind: Kind!, $name: String!, $reason: String) { did: dismissName(kind: $kind, name: $name, reason: $reason) { change outcome } }`,
			map[string]any{"kind": t.Kind, "name": t.Name, "reason": *c.reason})
		if err == nil {
			fmt.Fprintf(p.stdout, "%s is no %s (%s)\n", t.Name, t.Kind.Label(), did.numbers())
		}
		return err
	})
}

// eachThing settles the links of a list together and everything else one by one.
func (p *program) eachThing(ctx context.Context, s *session, c inboxFlags, ids []string, status record.LinkStatus, other func(inbox.Subject) error) error {
	if len(ids) == 0 {
		return misuse{"inbox", "inbox: say which; `lotigraph inbox` shows the ids"}
	}
	var links []string
	var others []inbox.Subject
	for _, id := range ids {
		t, err := inbox.ParseID(id)
		switch {
		case err != nil:
			return err
		case t.Sort == inbox.Link:
			links = append(links, t.Link)
		default:
			others = append(others, t)
		}
	}
	if len(links) > 0 {
		did, err := s.settle(ctx, `mutation M($ids: [ID!]!, $status: LinkStatus!, $reason: String) { did: reviewLinks(ids: $ids, status: $status, reason: $reason) { change outcome } }`,
			map[string]any{"ids": links, "status": status, "reason": *c.reason})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s %s (%s)\n", plural(len(links), "link"), strings.ToLower(string(status)), did.numbers())
	}
	for _, t := range others {
		if err := other(t); err != nil {
			return err
		}
	}
	return nil
}

// settleAll settles every link of one source or rule.
func (p *program) settleAll(ctx context.Context, s *session, c inboxFlags, ids []string, status record.LinkStatus) error {
	if len(ids) > 0 {
		return misuse{"inbox", "inbox: --source and --rule mean all that they have said; leave the ids away, or the flags"}
	}
	variables := map[string]any{"status": status, "reason": *c.reason}
	if *c.source != "" {
		id, err := s.named(ctx, *c.source, record.WeeknoteKind)
		if err != nil {
			return record.Under("source", err)
		}
		variables["source"] = id
	}
	if *c.rule != "" {
		variables["rule"] = *c.rule
	}
	did, err := s.settle(ctx, `mutation M($source: ID, $rule: String, $status: LinkStatus!, $reason: String) {
		did: reviewAll(source: $source, rule: $rule, status: $status, reason: $reason) { changes settled } }`, variables)
	if err == nil {
		fmt.Fprintf(p.stdout, "%s %s (%s)\n", plural(did.Settled, "link"), strings.ToLower(string(status)), did.numbers())
	}
	return err
}

func (p *program) correctLink(ctx context.Context, s *session, c inboxFlags, ids []string) error {
	if len(ids) != 1 {
		return misuse{"inbox", "inbox correct: give the id of one link"}
	}
	input := map[string]any{}
	for key, name := range map[string]*string{"from": c.from, "to": c.to} {
		if *name == "" {
			continue
		}
		id, err := s.named(ctx, *name)
		if err != nil {
			return record.Under(key, err)
		}
		input[key] = id
	}
	for key, value := range map[string]*string{"type": c.linkType, "role": c.role, "since": c.since, "until": c.until} {
		switch {
		case *value == "":
		case key == "role" && *value == "none":
			input[key] = ""
		case key == "type":
			input[key] = strings.ToUpper(*value)
		default:
			input[key] = *value
		}
	}
	if len(input) == 0 {
		return misuse{"inbox", "inbox correct: say what is otherwise: --type, --from, --to, --role, --since or --until"}
	}
	did, err := s.settle(ctx, `mutation M($id: ID!, $input: CorrectionInput!, $reason: String) {
		did: correctLink(id: $id, input: $input, reason: $reason) { change outcome link { id } } }`,
		map[string]any{"id": ids[0], "input": input, "reason": *c.reason})
	if err == nil {
		fmt.Fprintf(p.stdout, "%s is right now (%s)\n", did.Link.ID, did.numbers())
	}
	return err
}
