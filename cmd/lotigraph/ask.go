package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"lotigraph/record"
)

// answer is what a question came to, as GraphQL gives it.
type answer struct {
	Understood    *string      `json:"understood"`
	Sentence      string       `json:"sentence"`
	Nodes         []answerNode `json:"nodes"`
	Links         []answerLink `json:"links"`
	Table         *answerTable `json:"table"`
	OtherReadings []string     `json:"otherReadings"`
	Template      *string      `json:"template"`
	Slots         []answerSlot `json:"slots"`
	Question      *string      `json:"question"`
	Operation     *string      `json:"operation"`
	DataVersion   string       `json:"dataVersion,omitempty"`
}

type answerNode struct {
	ID   record.ID   `json:"id"`
	Kind record.Kind `json:"kind"`
	Name string      `json:"name"`
}

type answerSlot struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Label string `json:"label"`
}

type answerTable struct {
	Columns []string `json:"columns"`
	Rows    []struct {
		Cells   []string    `json:"cells"`
		Records []record.ID `json:"records"`
		Links   []string    `json:"links"`
	} `json:"rows"`
}

type answerLink struct {
	ID       string     `json:"id"`
	Type     string     `json:"type"`
	From     answerNode `json:"from"`
	To       answerNode `json:"to"`
	Role     *string    `json:"role"`
	Since    *string    `json:"since"`
	Until    *string    `json:"until"`
	Status   string     `json:"status"`
	Evidence []struct {
		Quote    string  `json:"quote"`
		Date     *string `json:"date"`
		Weeknote struct {
			ID   record.ID `json:"id"`
			Name string    `json:"name"`
		} `json:"weeknote"`
	} `json:"evidence"`
}

const askQuery = `query Ask($question: String!, $lens: Lens) {
  dataset { dataVersion }
  ask(question: $question, lens: $lens) {
    understood sentence template question operation otherReadings slots { name value label }
    nodes { id kind name } table { columns rows { cells records links } }
    links { id type from { id kind name } to { id kind name } role since until status evidence { quote date weeknote { id name } } }
  }
}`

// ask answers a question in plain English.
func (p *program) ask(ctx context.Context, args []string) (err error) {
	f := p.flags("ask", "QUESTION", `Answers a question in plain English from the records: "Which boroughs joined the Community Engagement Playbook?",
"What is Camden part of?", "snook and microsoft". It says how it read the question, and what else may have been meant; what
it cannot read it searches for, and says so. --list shows what can be asked.`)
	data, server, asJSON := f.data("data"), f.server(), f.json()
	look := f.lens()
	list := f.Bool("list", false, "list the questions that can be asked")
	words, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(words) == 0 && !*list:
		return misuse{"ask", "ask: say what you want to know, or --list to see what can be asked"}
	case len(words) > 0 && *list:
		return misuse{"ask", "ask: --list takes no question"}
	}
	lens, err := look.variable()
	if err != nil {
		return err
	}
	s, err := p.session(ctx, *data, *server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	if *list {
		return p.sayQuestions(ctx, s, *asJSON)
	}
	var got struct {
		Dataset struct{ DataVersion string }
		Ask     answer
	}
	if err := s.ask(ctx, askQuery, map[string]any{"question": strings.Join(words, " "), "lens": lens}, &got); err != nil {
		return err
	}
	got.Ask.DataVersion = got.Dataset.DataVersion
	if *asJSON {
		return p.printJSON(got.Ask)
	}
	p.sayAnswer(got.Ask)
	return nil
}

// sayQuestions lists what can be asked.
func (p *program) sayQuestions(ctx context.Context, s *session, asJSON bool) error {
	var got struct{ Questions json.RawMessage }
	if err := s.ask(ctx, `{ questions { name pattern period example slots { name kinds about } operation } }`, nil, &got); err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(got.Questions)
	}
	var questions []struct{ Name, Example string }
	if err := json.Unmarshal(got.Questions, &questions); err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, q := range questions {
		fmt.Fprintf(w, "%s\t%s\n", q.Name, q.Example)
	}
	return w.Flush()
}

func (p *program) sayAnswer(a answer) {
	if a.Understood != nil {
		fmt.Fprintf(p.stdout, "Read as: %s\n\n", *a.Understood)
	}
	fmt.Fprintln(p.stdout, a.Sentence)
	if a.Table != nil {
		p.sayTable(*a.Table)
	} else if len(a.Nodes) > 0 {
		fmt.Fprintln(p.stdout)
		for _, n := range a.Nodes {
			fmt.Fprintf(p.stdout, "  %s (%s)  %s\n", n.Name, n.Kind.Label(), n.ID)
		}
	}
	p.sayEvidence(a.Links)
	if len(a.OtherReadings) > 0 {
		fmt.Fprintln(p.stdout, "\nOther readings:")
		for _, q := range a.OtherReadings {
			fmt.Fprintf(p.stdout, "  %s\n", q)
		}
	}
}

// widest is how many letters of a cell are shown.
const widest = 80

// sayTable prints the rows, aligned, without the columns that are empty.
func (p *program) sayTable(t answerTable) {
	if len(t.Rows) == 0 {
		return
	}
	var shown []int
	for i := range t.Columns {
		for _, row := range t.Rows {
			if row.Cells[i] != "" {
				shown = append(shown, i)
				break
			}
		}
	}
	fmt.Fprintln(p.stdout)
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	line := func(cells []string) {
		var kept []string
		for _, i := range shown {
			kept = append(kept, shortened(cells[i], widest))
		}
		fmt.Fprintln(w, "  "+strings.Join(kept, "\t"))
	}
	line(t.Columns)
	for _, row := range t.Rows {
		line(row.Cells)
	}
	w.Flush()
}

// shortened is a text cut to so many letters.
func shortened(text string, letters int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= letters {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:letters-1])) + "…"
}

// maxQuotes is how many passages are shown; --json has them all.
const maxQuotes = 10

// sayEvidence prints the passages that say so, each once, with source and date.
func (p *program) sayEvidence(links []answerLink) {
	seen := map[string]bool{}
	for _, l := range links {
		for _, e := range l.Evidence {
			quote := strings.Join(strings.Fields(e.Quote), " ")
			key := e.Weeknote.Name + quote
			if seen[key] || l.Type == "MENTIONS" {
				continue
			}
			seen[key] = true
			if len(seen) == 1 {
				fmt.Fprintln(p.stdout, "\nWhat says so:")
			}
			if len(seen) > maxQuotes {
				continue
			}
			source := e.Weeknote.Name
			if e.Date != nil {
				source += ", " + *e.Date
			}
			fmt.Fprintf(p.stdout, "  “%s”\n    %s\n", shortened(quote, 300), source)
		}
	}
	if more := len(seen) - maxQuotes; more > 0 {
		fmt.Fprintf(p.stdout, "  and %d more; --json has them all\n", more)
	}
}
