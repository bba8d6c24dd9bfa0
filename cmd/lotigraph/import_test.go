package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// whoJoined is the question that the first weeknote is imported for.
const whoJoined = `{ participations(filter:{project:"Community Engagement Playbook"}, lens:{proposed:true}) { nodes {
  borough { name } partner { name } project { name } role status evidence { quote weeknote { name date } } } } }`

type participations struct {
	Participations struct {
		Nodes []struct {
			Borough, Partner, Project *struct{ Name string }
			Role, Status              string
			Evidence                  []struct {
				Quote    string
				Weeknote struct{ Name, Date string }
			}
		}
	}
}

// A weeknote goes in as it was copied from the web, and GraphQL says which
// boroughs joined which project, with the exact sentence.
func TestWeeknoteInAnswerOut(t *testing.T) {
	files := []string{"testdata/weeknote-70.txt"}
	if published, ok := shared("corpus/weeknotes/seed-weeknote-70.txt"); ok {
		files = append(files, published)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := newPerson(t)
			s := w.serve("--seed=false", "--data", t.TempDir())
			out := w.must("import", "--accept-new", "--server", s.url, file)
			if !strings.Contains(out, "texts    1 added") {
				t.Errorf("it says:\n%s", out)
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s.checkAnswer(string(raw))
			if again := w.must("import", "--accept-new", "--server", s.url, file); !strings.Contains(again, "1 there already") || !strings.Contains(again, "records  no change") {
				t.Errorf("the second time it says:\n%s", again)
			}
		})
	}
}

// checkAnswer holds that the answer about the playbook is the one that the text
// gives.
func (s *service) checkAnswer(text string) {
	s.t.Helper()
	var got participations
	s.ask(whoJoined, &got)
	var boroughs, partners []string
	for _, n := range got.Participations.Nodes {
		if n.Status != "PROPOSED" || n.Project.Name != "Community Engagement Playbook" || len(n.Evidence) == 0 {
			s.t.Errorf("a participation of %s that is %s with %d pieces of evidence", n.Project.Name, n.Status, len(n.Evidence))
			continue
		}
		e := n.Evidence[0]
		if !strings.Contains(text, e.Quote) || e.Weeknote.Name != "LOTI: Weeknote 70" || e.Weeknote.Date != "2020-11-30" {
			s.t.Errorf("evidence %+v", e)
		}
		name := ""
		switch {
		case n.Borough != nil:
			name, boroughs = n.Borough.Name, append(boroughs, n.Borough.Name)
		case n.Partner != nil:
			name, partners = n.Partner.Name, append(partners, n.Partner.Name)
		}
		if first, _, _ := strings.Cut(name, " "); !strings.Contains(e.Quote, first) {
			s.t.Errorf("the sentence for %s does not name it: %q", name, e.Quote)
		}
	}
	slices.Sort(boroughs)
	if want := []string{"Kingston upon Thames", "Sutton", "Waltham Forest"}; !slices.Equal(boroughs, want) {
		s.t.Errorf("joined: %q, want %q", boroughs, want)
	}
	if want := []string{"Snook"}; !slices.Equal(partners, want) {
		s.t.Errorf("partners: %q, want %q", partners, want)
	}
	var project struct {
		Find []struct {
			Funders []struct {
				Name    string
				Aliases []string
			}
		}
	}
	s.ask(`{ find(name: "Community Engagement Playbook", kinds: [PROJECT], lens: {proposed: true}) { ... on Project { funders { name aliases } } } }`, &project)
	if len(project.Find) != 1 || len(project.Find[0].Funders) != 1 ||
		project.Find[0].Funders[0].Name != "Ministry of Housing, Communities and Local Government" || !slices.Contains(project.Find[0].Funders[0].Aliases, "MHCLG") {
		s.t.Errorf("the funders: %+v", project)
	}
}

// The same weeknote imported into the seeded graph disturbs neither the seed's
// own Weeknote 70 nor any evidence of it.
func TestSeedIsNotDisturbed(t *testing.T) {
	file, ok := shared("corpus/weeknotes/seed-weeknote-70.txt")
	if !ok {
		file = "testdata/weeknote-70.txt"
	}
	w := newPerson(t)
	s := w.serve("--data", t.TempDir())
	const seeds = `{ node(id: "weeknote:loti-weeknote-70") { ... on Weeknote { title body url date } } }`
	const proofs = `{ participations(filter: {project: "Community Engagement Playbook"}) { nodes { borough { name } partner { name } status evidence { quote start weeknote { id } } } } }`
	type proven struct {
		Participations struct {
			Nodes []struct {
				Borough, Partner struct{ Name string }
				Status           string
				Evidence         []struct {
					Quote    string
					Start    int
					Weeknote struct{ ID string }
				}
			}
		}
	}
	var before, after proven
	s.ask(proofs, &before)
	text := string(s.raw(seeds, "").Data)
	if len(before.Participations.Nodes) == 0 || !strings.Contains(text, "Weeknote 70") {
		t.Fatalf("the seed has %+v and %s", before, text)
	}
	w.must("import", "--accept-new", "--server", s.url, file)
	s.ask(proofs, &after)
	if now := string(s.raw(seeds, "").Data); now != text {
		t.Errorf("the seed's text was\n%s\nand is\n%s", text, now)
	}
	if len(after.Participations.Nodes) != len(before.Participations.Nodes) {
		t.Errorf("%d confirmed participations became %d", len(before.Participations.Nodes), len(after.Participations.Nodes))
	}
	for i, was := range before.Participations.Nodes {
		is := after.Participations.Nodes[i]
		if is.Borough != was.Borough || is.Partner != was.Partner || is.Status != was.Status {
			t.Errorf("%+v became %+v", was, is)
		}
		for _, e := range was.Evidence {
			if !slices.Contains(is.Evidence, e) {
				t.Errorf("%+v lost %+v", was, e)
			}
		}
	}
}

// What is refused is said with its place, the rest goes on, and the exit code
// tells; locally and through a server alike.
func TestImportSaysProblems(t *testing.T) {
	w := newPerson(t)
	dir := t.TempDir()
	for name, body := range map[string]string{
		"good.txt":     "Weeknote 5\n\nCamden and Hackney met.\n\nEddie Copeland\n4 May 2020\n",
		"bad.txt":      "Weeknote \xff\n",
		"partners.csv": "name,sector\nSnook,supplier\n,charity\n",
		"picture.png":  "\x89PNG",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := w.serve("--seed=false", "--data", t.TempDir())
	for _, where := range [][]string{{"--data", t.TempDir()}, {"--server", s.url}} {
		r := w.run(slices.Concat([]string{"import"}, where, []string{dir, filepath.Join(dir, "missing.txt")})...)
		if r.code != exitFailed {
			t.Errorf("%s: exit code %d", where[0], r.code)
		}
		for _, says := range []string{"partners.csv:3: name: ", "bad.txt:", "this is not UTF-8 text", "missing.txt: no such file"} {
			if !strings.Contains(r.err, says) {
				t.Errorf("%s: it does not say %q:\n%s", where[0], says, r.err)
			}
		}
		if !strings.Contains(r.out, "texts    1 added") || !strings.Contains(r.out, "records  1 added") {
			t.Errorf("%s: the rest did not go on:\n%s", where[0], r.out)
		}
	}
}

// A dry run says what would happen, and changes nothing.
func TestDryRun(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	w.must("import", "--data", data, t.TempDir())
	before := w.state(data)
	out := w.must("import", "--dry-run", "--accept-new", "--json", "--data", data, "testdata/weeknote-70.txt")
	var report struct{ Added, RecordsAdded int }
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Added != 1 || report.RecordsAdded == 0 {
		t.Errorf("%v in %s", err, out)
	}
	if after := w.state(data); after != before {
		t.Error("a dry run changed something")
	}
}

// state sums up the graph of a data folder, which must be sound.
func (w *person) state(data string) string {
	w.t.Helper()
	var v verdict
	if err := json.Unmarshal([]byte(w.must("check", "--json", "--data", data)), &v); err != nil {
		w.t.Fatal(err)
	}
	return v.State
}
