package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// shortened is a programme of names that people shorten and misspell.
func shortNames() log {
	var l log
	for id, name := range map[record.ID]string{
		"partner:good-things-foundation": "Good Things Foundation", "partner:gloucestershire": "South Gloucestershire Council",
		"partner:london-councils": "London Councils", "partner:leeds": "Leeds City Council", "partner:futuregov": "FutureGov",
		"person:philip-glanville": "Philip Glanville", "person:rhoda-phillips": "Rhoda Phillips", "person:sudip-trivedi": "Sudip Trivedi",
		"person:shade-ayodele": "Shade Ayodele", "project:agreements": "Pan-London Data Sharing Agreements Project",
		"borough:hackney": "Hackney", "borough:kensington-and-chelsea": "Kensington and Chelsea",
	} {
		l = append(l, record.Document{Node: record.Node{ID: id, Name: name}})
	}
	for i, main := range []string{
		"The shade of the trees was shared. We share what we share, and share again.", "Rhoda Phillips spoke. Mr Phillips did not.",
		"Hakney is how they wrote it. London has a council or two.", "Leeds City Council is outside London.",
		"They said that free school meals were the matter. Future plans for government.", "The sun shone on eight red buses in the yard.",
		"They wrote of rough sleeping again.",
	} {
		l = append(l, newText(record.ID(fmt.Sprintf("weeknote:%d", i)), fmt.Sprintf("Note %d", i), main))
	}
	for i := range 40 {
		l = append(l, newText(record.ID(fmt.Sprintf("weeknote:hackney-%d", i)), fmt.Sprintf("Page %d", i), fmt.Sprintf("Hackney met us again, for item %d.", 7*i)))
	}
	for i := range l {
		l[i].Number = uint64(i + 1)
	}
	return l
}

// TestLoosen: what people shorten, misspell or half remember is found, and the
// answer says how it was read.
func TestLoosen(t *testing.T) {
	s := snapshot(t, follow(t, "", shortNames()))
	for _, test := range []struct{ text, first, restated, didYouMean string }{
		{"gtf", "partner:good-things-foundation", "1 record that contains “gtf” (short for “good things foundation”)", ""},
		{"pan london dsa", "project:agreements", "1 record that contains “pan”, “london” and “dsa” (short for “data sharing agreements”)", ""},
		{"south glos", "partner:gloucestershire", "1 record that contains “south” and “glos” (short for “gloucestershire”)", ""},
		{"future gov", "partner:futuregov", "1 record that contains “future gov” (or, likelier, “futuregov”)", "futuregov"},
		{"phillip glanville", "person:philip-glanville", "1 record that contains “phillip” (or, likelier, “philip”) and “glanville”", "philip glanville"},
		{"sudeep trivedi", "person:sudip-trivedi", "1 record that contains “sudeep” (or, likelier, “sudip”) and “trivedi”", "sudip trivedi"},
		{"sudeep", "", "No records that contain “sudeep”", ""}, // nothing beside it bears it out
		{"shade ayodele", "person:shade-ayodele", "1 record that contains “shade” and “ayodele”", ""},
		{"notes where they talk about school meals", "weeknote:4", "1 record that contains “notes”, “school” and “meals”", ""},
		{"eight red buses in the sunny orchard", "weeknote:5", "1 record that contains “eight”, “red”, “buses”, “sunny” and “orchard” (3 of them at least, since nothing has all)", ""},
		{"philip g", "person:philip-glanville", "1 record that contains “philip” and “g…” (“…” stands for the rest of a word in a name)", ""},
		{"projects on school meals", "weeknote:4", "1 record that contains “school” and “meals”", ""},
		{"kensingtonchelsea", "borough:kensington-and-chelsea", "1 record that contains “kensingtonchelsea” (or, likelier, “kensington and chelsea”)", "kensington and chelsea"},
		{"rough sleepers", "weeknote:6", "1 record that contains “rough” and “sleepers” (or, likelier, “sleeping”)", "rough sleeping"},
		{"green buses orchard", "", "No records that contain “green”, “buses” and “orchard”", ""}, // too few for most of them to say much
		{"xyz glos -leeds", "", "No records that contain “xyz” and “glos” and do not contain “leeds”", ""},
	} {
		r := find(t, s, Query{Text: test.text, First: 1})
		if ids(r) != test.first || strings.TrimSuffix(r.Restated, ", best first") != test.restated || r.DidYouMean != test.didYouMean {
			t.Errorf("%q: %s first, %q, meant %q;\n\twant %s, %q, %q", test.text, ids(r), r.Restated, r.DidYouMean, test.first, test.restated, test.didYouMean)
		}
	}
}

// TestLoosenHides: nobody learns of a name by what is short for it.
func TestLoosenHides(t *testing.T) {
	s := snapshot(t, follow(t, "", shortNames()))
	sc := s.Scope([]record.ID{"partner:good-things-foundation", "partner:gloucestershire", "person:sudip-trivedi", "partner:london-councils"}, nil, nil, record.PartialDate{})
	for _, text := range []string{"gtf", "south glos", "glouc", "sudeep trivedi", "london councills"} {
		r := find(t, s, Query{Text: text, Scope: sc, Explain: true, Snippets: 2})
		for _, secret := range []string{"good", "gloucestershire", "sudip", "“councils”"} {
			if strings.Contains(r.Restated+r.DidYouMean, secret) {
				t.Errorf("%q tells: %s %s", text, r.Restated, r.DidYouMean)
			}
		}
	}
}

// TestNearNames: a name but for its endings and small words stands above what has
// its words elsewhere.
func TestNearNames(t *testing.T) {
	s := snapshot(t, follow(t, "", shortNames()))
	for text, want := range map[string]string{
		"london council":         "partner:london-councils",
		"kensington chelsea":     "borough:kensington-and-chelsea",
		"good thing foundations": "partner:good-things-foundation",
		"hackneys":               "borough:hackney",
	} {
		r := find(t, s, Query{Text: text, First: 1, Explain: true})
		if ids(r) != want || r.Hits[0].Why[0] != "What was typed is a name of it, but for endings and small words." {
			t.Errorf("%q finds %s first, want %s", text, ids(r), want)
		}
	}
}

// TestTypedBeforeCorrected: what has a word as it was typed stands above what has
// it corrected, though that were a whole name.
func TestTypedBeforeCorrected(t *testing.T) {
	s := snapshot(t, follow(t, "", shortNames()))
	r := find(t, s, Query{Text: "hakney", First: 2})
	if got := ids(r); got != "weeknote:2 borough:hackney" {
		t.Errorf("%s: %s", got, r.Restated)
	}
}

// TestLoosenWithChoice: how a query that finds nothing is read does not depend on
// what is chosen, and what a reading that came to nothing found is not counted.
func TestLoosenWithChoice(t *testing.T) {
	s := snapshot(t, follow(t, "", shortNames()))
	for _, text := range []string{"gtf", "pan london dsa", "south glos", "future gov", "phillip glanville", "sudeep trivedi", "shade ayodele",
		"notes where they talk about school meals", "eight red buses in the sunny orchard", "philip g", "projects on school meals",
		"kensingtonchelsea", "rough sleepers", "london council", "hakney", "rhoda p", "london c", "leeds coun", "red bus shone yard orchard", "councils leeds of citty"} {
		all := find(t, s, Query{Text: text, First: 100, Facets: []Key{ByKind, ByForm}})
		kinds := map[record.Kind]int{}
		known := map[record.ID]bool{}
		for _, hit := range all.Hits {
			kinds[hit.ID.Kind()]++
			known[hit.ID] = true
		}
		for _, kind := range record.Kinds() {
			r := find(t, s, Query{Text: text, First: 100, Kinds: []record.Kind{kind}, Facets: []Key{ByKind}})
			if r.Total != kinds[kind] || slices.ContainsFunc(r.Hits, func(h Hit) bool { return !known[h.ID] }) {
				t.Errorf("%q finds %s, and of %s alone %s: %s", text, ids(all), kind, ids(r), r.Restated)
			}
			for _, v := range r.Facets[0].Values {
				if k, _ := record.ParseKind(v.Value); kinds[k] != v.Count {
					t.Errorf("%q with %s alone counts %d of %s, and finds %d: %s", text, kind, v.Count, k, kinds[k], r.Restated)
				}
			}
		}
	}
}
