package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// briefLine is a line of a brief as it is printed.
type briefLine struct {
	Sentence string   `json:"sentence"`
	Certain  bool     `json:"certain"`
	Evidence []quoted `json:"evidence"`
}

// named is a record of which only the name is told.
type named struct {
	Name string `json:"name"`
}

// boroughBrief is a brief as it is printed.
type boroughBrief struct {
	Borough        named       `json:"borough"`
	Led            []briefLine `json:"led"`
	Joined         []briefLine `json:"joined"`
	Left           []briefLine `json:"left"`
	People         []briefLine `json:"people"`
	FormerPeople   []briefLine `json:"formerPeople"`
	Memberships    []briefLine `json:"memberships"`
	Neighbours     []named     `json:"neighbours"`
	SharedPartners []struct {
		Partner    named       `json:"partner"`
		Neighbours []named     `json:"neighbours"`
		Here       []briefLine `json:"here"`
		There      []briefLine `json:"there"`
	} `json:"sharedPartners"`
	Similar []struct {
		Borough named   `json:"borough"`
		Score   float64 `json:"score"`
		Shared  []named `json:"shared"`
	} `json:"similar"`
	NotJoined []struct {
		Project named       `json:"project"`
		By      []briefLine `json:"by"`
	} `json:"notJoined"`
	LastMention *struct {
		Weeknote struct {
			Name string `json:"name"`
			Date string `json:"date"`
		} `json:"weeknote"`
		Passages []struct {
			Quote string `json:"quote"`
		} `json:"passages"`
	} `json:"lastMention"`
	MentionCount     int `json:"mentionCount"`
	ProjectCount     int `json:"projectCount"`
	AllProjectCount  int `json:"allProjectCount"`
	ProposalsLeftOut int `json:"proposalsLeftOut"`
}

const briefQuery = `query Brief($borough: String!, $lens: Lens) { boroughBrief(borough: $borough, lens: $lens) {
  borough { name } neighbours { name } mentionCount projectCount allProjectCount proposalsLeftOut
  led { ...line } joined { ...line } left { ...line } people { ...line } formerPeople { ...line } memberships { ...line }
  sharedPartners { partner { name } neighbours { name } here { ...line } there { ...line } }
  similar { borough { name } score shared { name } } notJoined { project { name } by { ...line } }
  lastMention { weeknote { name date } passages { quote } } } }
fragment line on BriefLine { sentence certain evidence { quote weeknote { name date } } }`

// brief prints everything about one borough.
func (p *program) brief(ctx context.Context, args []string) error {
	f := p.flags("brief", "BOROUGH", `Says everything about one borough, each line with the words that say so: what it leads, joined and left, its people,
the partners it shares with neighbours, boroughs like it and what they did that it did not.`)
	data, address, asJSON := f.data("data"), f.server(), f.json()
	look := f.lens()
	words, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return misuse{"brief", "brief: say which borough"}
	}
	lens, err := look.variable()
	if err != nil {
		return err
	}
	variables := map[string]any{"borough": strings.Join(words, " "), "lens": lens}
	return p.in(ctx, *data, *address, func(s *session) error {
		var got struct{ BoroughBrief json.RawMessage }
		if err := s.ask(ctx, briefQuery, variables, &got); err != nil {
			return err
		}
		var b boroughBrief
		if err := json.Unmarshal(got.BoroughBrief, &b); err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(b)
		}
		p.sayBrief(b)
		return nil
	})
}

func (p *program) sayBrief(b boroughBrief) {
	fmt.Fprintf(p.stdout, "%s\n\nIt ever joined %d of the %d projects that any borough joined. Neighbours: %s.\n", b.Borough.Name, b.ProjectCount, b.AllProjectCount, names(b.Neighbours))
	if b.LastMention != nil {
		fmt.Fprintf(p.stdout, "Last named in \"%s\" (%s), one of %d texts that do.\n", b.LastMention.Weeknote.Name, b.LastMention.Weeknote.Date, b.MentionCount)
	}
	if b.ProposalsLeftOut > 0 {
		fmt.Fprintf(p.stdout, "Left out: %d that nobody has reviewed; --proposed shows them.\n", b.ProposalsLeftOut)
	}
	for _, part := range []struct {
		heading string
		lines   []briefLine
	}{{"Leads", b.Led}, {"Takes part in", b.Joined}, {"Took part in", b.Left}, {"People", b.People}, {"Former people", b.FormerPeople}, {"Memberships", b.Memberships}} {
		p.sayLines(part.heading, part.lines)
	}
	for _, shared := range b.SharedPartners {
		p.sayLines("Shares "+shared.Partner.Name+" with "+names(shared.Neighbours), append(shared.Here, shared.There...))
	}
	if len(b.Similar) > 0 {
		fmt.Fprintln(p.stdout, "\nBoroughs like it")
	}
	for _, one := range b.Similar {
		fmt.Fprintf(p.stdout, "  %s: %.0f %% of their projects are the same: %s\n", one.Borough.Name, 100*one.Score, names(one.Shared))
	}
	for _, not := range b.NotJoined {
		p.sayLines("They joined "+not.Project.Name+", and it did not", not.By)
	}
}

func (p *program) sayLines(heading string, lines []briefLine) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(p.stdout, "\n%s\n", heading)
	seen := map[string]bool{}
	for _, line := range lines {
		if seen[line.Sentence] {
			continue
		}
		seen[line.Sentence] = true
		maybe := ""
		if !line.Certain {
			maybe = " (possibly)"
		}
		fmt.Fprintf(p.stdout, "  %s%s\n", line.Sentence, maybe)
		for _, e := range line.Evidence {
			fmt.Fprintf(p.stdout, "      \"%s\" – %s\n", strings.Join(strings.Fields(e.Quote), " "), e.Weeknote.Name)
		}
	}
}

func names(list []named) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = n.Name
	}
	return strings.Join(words, ", ")
}
