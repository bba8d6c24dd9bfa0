package seed_test

import (
	"encoding/csv"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"lotigraph/seed"
)

// row is a line of a table by column name.
type row map[string]string

// text is a seed text as links.csv sees it.
type text struct{ title, url, whole string }

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(seed.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func table(t *testing.T, name, columns string) []row {
	t.Helper()
	r := csv.NewReader(strings.NewReader(read(t, name)))
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if got := strings.Join(lines[0], ","); got != columns {
		t.Fatalf("%s: columns are %s, want %s", name, got, columns)
	}
	var rows []row
	for _, line := range lines[1:] {
		r := row{}
		for i, column := range lines[0] {
			if line[i] != strings.TrimSpace(line[i]) {
				t.Errorf("%s: %q begins or ends with a space", name, line[i])
			}
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

func boroughs(t *testing.T) []row {
	return table(t, "boroughs.csv", "name,aliases,ons_code,tile_column,tile_row,url")
}
func partners(t *testing.T) []row {
	return table(t, "partners.csv", "name,aliases,sector,summary,url")
}
func people(t *testing.T) []row { return table(t, "people.csv", "name,aliases,summary") }
func projects(t *testing.T) []row {
	return table(t, "projects.csv", "name,aliases,themes,status,start,end,summary,url")
}
func links(t *testing.T) []row {
	return table(t, "links.csv", "from,type,to,role,since,until,source,quote")
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

// vocabulary is the closed list in a table's comment line "# themes: a;b;c".
func vocabulary(t *testing.T, name, key string) []string {
	t.Helper()
	for line := range strings.Lines(read(t, name)) {
		if words, ok := strings.CutPrefix(line, "# "+key+": "); ok {
			return list(strings.TrimSpace(words))
		}
	}
	t.Fatalf("%s has no comment line that begins with %q", name, "# "+key+": ")
	return nil
}

func texts(t *testing.T) []text {
	t.Helper()
	names, err := fs.Glob(seed.FS(), "texts/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []text
	for _, name := range names {
		whole := read(t, name)
		parts := strings.SplitN(whole, "---\n", 3)
		if len(parts) != 3 || parts[0] != "" {
			t.Errorf("%s does not begin with front matter", name)
			continue
		}
		title, _, _ := strings.Cut(strings.TrimSpace(parts[2]), "\n")
		url, _, _ := strings.Cut(strings.TrimPrefix(parts[1], "url: "), "\n")
		all = append(all, text{title, url, whole})
	}
	return all
}

// fold reduces a name to what two spellings of it share.
func fold(name string) string {
	name = strings.NewReplacer("&", " and ", "’", "", "'", "").Replace(strings.ToLower(name))
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.TrimPrefix(strings.Join(words, " "), "the ")
}

func names(rows []row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r["name"])
	}
	return all
}

func TestThereAre33BoroughsEachWithItsOwnCodeAndTile(t *testing.T) {
	rows := boroughs(t)
	if len(rows) != 33 {
		t.Errorf("there are %d boroughs, want 33", len(rows))
	}
	code := regexp.MustCompile(`^E090000(0[1-9]|[12]\d|3[0-3])$`)
	seen := map[string]string{}
	for _, r := range rows {
		if !code.MatchString(r["ons_code"]) {
			t.Errorf("%s: %q is not the ONS code of a London authority", r["name"], r["ons_code"])
		}
		for _, key := range []string{r["ons_code"], r["tile_column"] + "," + r["tile_row"]} {
			if other, taken := seen[key]; taken {
				t.Errorf("%s and %s share %s", other, r["name"], key)
			}
			seen[key] = r["name"]
		}
	}
}

func TestNoNameStandsForTwoRecordsOfOneKind(t *testing.T) {
	for kind, rows := range map[string][]row{
		"borough": boroughs(t), "partner": partners(t), "person": people(t), "project": projects(t),
	} {
		owner, first := map[string]string{}, map[string]int{}
		for i, r := range rows {
			for _, name := range append(list(r["aliases"]), r["name"]) {
				key := fold(name)
				if key == "" {
					t.Errorf("%s %s has an empty name or alias", kind, r["name"])
				}
				if j, taken := first[key]; taken && j != i {
					t.Errorf("%s %q stands for both %s and %s", kind, name, owner[key], r["name"])
				}
				owner[key], first[key] = r["name"], i
			}
		}
	}
}

func TestPartnersHaveASectorOfTheList(t *testing.T) {
	sectors := vocabulary(t, "partners.csv", "sectors")
	for _, r := range partners(t) {
		if !slices.Contains(sectors, r["sector"]) {
			t.Errorf("%s: %q is not a sector of the list", r["name"], r["sector"])
		}
	}
}

func TestProjectsHaveThemesStatusAndDates(t *testing.T) {
	themes := vocabulary(t, "projects.csv", "themes")
	for _, r := range projects(t) {
		if r["themes"] == "" {
			t.Errorf("%s has no theme", r["name"])
		}
		for _, theme := range list(r["themes"]) {
			if !slices.Contains(themes, theme) {
				t.Errorf("%s: %q is not a theme of the list", r["name"], theme)
			}
		}
		if !slices.Contains([]string{"live", "finished", "planned", "unknown"}, r["status"]) {
			t.Errorf("%s: %q is not a status", r["name"], r["status"])
		}
		checkPeriod(t, r["name"], r["start"], r["end"])
	}
}

func checkPeriod(t *testing.T, of, since, until string) {
	t.Helper()
	partialDate := regexp.MustCompile(`^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$`)
	if !partialDate.MatchString(since) || !partialDate.MatchString(until) {
		t.Errorf("%s: %q to %q are not dates", of, since, until)
	}
	if n := min(len(since), len(until)); until[:n] < since[:n] {
		t.Errorf("%s ends (%s) before it begins (%s)", of, until, since)
	}
}

func TestTextsHaveTitlesAndAddressesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range texts(t) {
		for _, key := range []string{x.title, x.url} {
			if key == "" || seen[key] {
				t.Errorf("%q: a title or address is missing or used twice: %q", x.title, key)
			}
			seen[key] = true
		}
	}
}

// Both ends of a link exist and have kinds that fit its type.
func TestLinksJoinWhatTheTablesHold(t *testing.T) {
	borough, partner := names(boroughs(t)), names(partners(t))
	person, project := names(people(t)), names(projects(t))
	var title []string
	for _, x := range texts(t) {
		title = append(title, x.title)
	}
	either := slices.Concat(borough, partner)
	fits := map[string]struct{ from, to, roles []string }{
		"JOINED":       {borough, project, []string{"lead", "pilot", "host", "participant"}},
		"PARTNER_IN":   {partner, project, []string{"", "lead", "delivery", "supplier", "research", "data", "advisory"}},
		"FUNDED_BY":    {project, partner, []string{""}},
		"WORKS_FOR":    {person, either, nil}, // any job title
		"LEADS":        {person, project, []string{""}},
		"AUTHORED":     {person, title, []string{""}},
		"MEMBER_OF":    {either, partner, []string{""}},
		"SUCCEEDED_BY": {slices.Concat(project, partner), slices.Concat(project, partner), []string{""}},
	}
	for _, r := range links(t) {
		what := r["from"] + " " + r["type"] + " " + r["to"]
		fit, ok := fits[r["type"]]
		if !ok || !slices.Contains(fit.from, r["from"]) || !slices.Contains(fit.to, r["to"]) || r["from"] == r["to"] {
			t.Errorf("%s: an end is not in the tables, or does not fit the type", what)
		}
		if r["type"] == "SUCCEEDED_BY" && slices.Contains(project, r["from"]) != slices.Contains(project, r["to"]) {
			t.Errorf("%s: the two ends are of different kinds", what)
		}
		if fit.roles != nil && !slices.Contains(fit.roles, r["role"]) {
			t.Errorf("%s: %q is not a role of this type", what, r["role"])
		}
		checkPeriod(t, what, r["since"], r["until"])
	}
}

func TestQuotesAreExactPartsOfTheirTexts(t *testing.T) {
	whole := map[string]string{}
	for _, x := range texts(t) {
		whole[x.title] = x.whole
	}
	for _, r := range links(t) {
		if body, ok := whole[r["source"]]; !ok {
			t.Errorf("no text is called %q", r["source"])
		} else if r["quote"] == "" || !strings.Contains(body, r["quote"]) {
			t.Errorf("%q is not in %q", r["quote"], r["source"])
		}
		if r["type"] == "AUTHORED" && r["to"] != r["source"] {
			t.Errorf("%q is proved by another text, %q", r["to"], r["source"])
		}
	}
}

// Rows of one link say the same of it and differ only in their evidence. A job
// title is part of what the link means.
func TestRowsOfOneLinkAgree(t *testing.T) {
	first, rows := map[string]string{}, map[string]bool{}
	for _, r := range links(t) {
		key := strings.Join([]string{r["from"], r["type"], r["to"]}, "|")
		if r["type"] == "WORKS_FOR" {
			key += "|" + r["role"]
		}
		said := strings.Join([]string{r["role"], r["since"], r["until"]}, "|")
		if before, ok := first[key]; ok && before != said {
			t.Errorf("%s is %s in one row and %s in another", key, before, said)
		}
		first[key] = said
		if row := key + "|" + r["source"] + "|" + r["quote"]; rows[row] {
			t.Errorf("the row is there twice: %s", row)
		} else {
			rows[row] = true
		}
	}
}

// The published Weeknote 70 is for reading only; ours is written anew.
func TestNothingIsCopiedFromThePublishedWeeknote(t *testing.T) {
	published, err := os.ReadFile(path.Join("..", "..", "shared", "corpus", "weeknotes", "seed-weeknote-70.txt"))
	if err != nil {
		t.Skip("the published weeknote is not here: ", err)
	}
	var all strings.Builder
	for _, name := range []string{"boroughs.csv", "partners.csv", "people.csv", "projects.csv", "links.csv"} {
		all.WriteString(read(t, name))
	}
	for _, x := range texts(t) {
		all.WriteString(x.whole)
	}
	sentences := regexp.MustCompile(`[.!?]\s|\n`).Split(string(published), -1)
	for _, line := range append(strings.Split(string(published), "\n"), sentences...) {
		if line = strings.TrimSpace(line); len(line) > 60 && strings.Contains(all.String(), line) {
			t.Errorf("copied from the published weeknote: %q", line)
		}
	}
}
