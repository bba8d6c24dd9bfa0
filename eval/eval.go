// Package eval measures how well texts are read: it reads texts that people
// have annotated, compares what package extract finds in them with what the
// people found, and says in a table how often it was right.
//
// The texts come in sets, each a folder under gold/ with one JSON file for each
// text, in the shape of [Gold]. A text itself is one of the starter programme's
// where that has it, else it lies in texts/ under the set's name:
//
//	gold      the weeknotes that the rules were made with: they say nothing of new texts
//	corpus13  weeknotes annotated later, by somebody else
//	dev       texts in the manner of weeknotes, written to be new to the rules
//	dev2      twelve more of them, which the rules made with dev had not seen
//	dev3      five more, with which the weights of evidence and further rules were made
//	held      eight more, by somebody who had seen neither rules nor word lists; whoever
//	          makes rules looks at their figures and never at the texts
//
// The rules of comparison are those of the shared scorer, written anew; a test
// holds that both give the same figures. scores.txt holds the figures, so that a
// change to a rule shows in the diff what it does:
//
//	go test ./eval -update            writes scores.txt
//	go test ./eval -run Scores -misses -v    lists every miss and every false find
//	go test ./eval -fit               fits the weights of evidence, for extract/weights.csv
//	go test ./eval -count-rules       counts how often each rule is right, for extract/confidence.csv
//
// leaveout.txt says how links are read in a text with which the weights have not been
// fitted: each text in turn is left out of the fitting, and read with what the others
// give.
package eval

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"lotigraph/extract"
	"lotigraph/seed"
)

//go:embed gold all:texts
var files embed.FS

// Gold is what people found in a text.
type Gold struct {
	File          string       `json:"file"` // the text's file name without its ending
	Title         *string      `json:"title"`
	Number        *int         `json:"number"`
	Date          *string      `json:"date"`
	Author        *string      `json:"author"`
	Boroughs      []string     `json:"boroughs"`
	People        []GoldPerson `json:"people"`
	Organisations []string     `json:"organisations"`
	Projects      []string     `json:"projects"`
	Relations     []GoldLink   `json:"relations"`
}

// GoldPerson is somebody a text names; the role is nil where it states none.
type GoldPerson struct {
	Name         string  `json:"name"`
	Role         *string `json:"role"`
	Organisation *string `json:"organisation"`
}

// GoldLink is a link that a text says, or that a reader would guess from it.
type GoldLink struct {
	Subject   string `json:"subject"`
	Predicate string `json:"predicate"`
	Object    string `json:"object"`
	Quote     string `json:"quote"`
	Strength  string `json:"strength"` // "explicit" or "inferred"
}

// inferred tells whether the text does not say the link itself.
func (l GoldLink) inferred() bool { return l.Strength == "inferred" }

// Case is a text with what people found in it.
type Case struct {
	Gold   Gold
	Source extract.Source
}

// Sets are the names of the sets, in the order in which they are shown.
func Sets() []string { return append(Developed(), "held") }

// Developed are the sets with which rules and weights are made.
func Developed() []string { return []string{"gold", "corpus13", "dev", "dev2", "dev3"} }

// Cases are the texts of a set, sorted by name.
func Cases(set string) ([]Case, error) {
	names, err := fs.Glob(files, path.Join("gold", set, "*.json"))
	if err != nil {
		return nil, err
	}
	var list []Case
	for _, name := range names {
		raw, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var c Case
		if err := json.Unmarshal(raw, &c.Gold); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if base := strings.TrimSuffix(path.Base(name), ".json"); c.Gold.File != base {
			return nil, fmt.Errorf("%s: the field file is %q; write the name of the file without its ending", name, c.Gold.File)
		}
		if c.Source, err = textOf(set, c.Gold.File); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, c)
	}
	return list, nil
}

// textOf finds the text of that name in the starter programme or in texts/.
func textOf(set, base string) (extract.Source, error) {
	for _, place := range []struct {
		in     fs.FS
		folder string
	}{{files, "texts/" + set}, {seed.FS(), "texts/weeknotes"}, {seed.FS(), "texts/pages"}} {
		for _, ending := range []string{".md", ".txt"} {
			raw, err := fs.ReadFile(place.in, path.Join(place.folder, base+ending))
			if err == nil {
				return extract.Source{Name: base + ending, Body: strings.ReplaceAll(string(raw), "\r\n", "\n")}, nil
			}
		}
	}
	return extract.Source{}, fmt.Errorf("no text %s.md; put it into texts/%s", base, set)
}
