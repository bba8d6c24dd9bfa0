package graph_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// told is the sentences of a difference, each with what it tells.
func told(rows []graph.Difference) string {
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%s: %s", row.What, row.Sentence)
		if !row.Certain {
			b.WriteString(" (possibly)")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// aYear tells of a year in which people moved and boroughs came and went.
func aYear(t *testing.T) *teller {
	s := newTeller(t)
	for line := range strings.Lines(`project Playbook
		partner Snook
		partner Snook Ltd
		person Ann Onymous
		borough Camden, code E09000007
		borough Sutton, code E09000029
		text Weeknote 1, 2021-05-17: Camden joined the Playbook. Sutton joined the Playbook. Ann Onymous works for Snook. Ann Onymous is at Camden.
		Camden joined Playbook as lead from 2021-05-10 until 2021-09, confirmed by Weeknote 1: "Camden joined the Playbook."
		Sutton joined Playbook from 2021, confirmed by Weeknote 1: "Sutton joined the Playbook."
		Ann Onymous works for Snook until 2021-06-30, confirmed by Weeknote 1: "Ann Onymous works for Snook."
		Ann Onymous works for Camden from 2021-07-01, confirmed by Weeknote 1: "Ann Onymous is at Camden."`) {
		s.say(strings.TrimSpace(line))
	}
	return s
}

func day(t *testing.T, s string) record.PartialDate {
	t.Helper()
	d, err := record.ParsePartialDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBetweenDays(t *testing.T) {
	snap := snapshot(t, aYear(t).store)
	for days, want := range map[[2]string]string{
		{"2021-04-30", "2021-12-31"}: `JOINED: Sutton joined Playbook in 2021. (possibly)
JOINED: Camden joined Playbook as lead on 10 May 2021.
LEFT: Camden left Playbook in September 2021.
MOVED_JOB: Ann Onymous moved from Snook to Camden on 1 July 2021.
TEXT_ADDED: "Weeknote 1" was published on 17 May 2021.
STARTED_JOB: Ann Onymous works for Snook; first told of on 17 May 2021, since when is not known. (possibly)
`,
		{"2021-05-10", "2021-05-16"}: "JOINED: Sutton joined Playbook in 2021. (possibly)\n",
		{"2022-01-01", "2022-12-31"}: "",
	} {
		rows, err := snap.BetweenDays(t.Context(), record.Lens{}, day(t, days[0]), day(t, days[1]))
		if err != nil {
			t.Fatal(err)
		}
		got := told(rows)
		for line := range strings.Lines(want) {
			if !strings.Contains(got, strings.TrimSpace(line)) {
				t.Errorf("%s: no %q in\n%s", days, strings.TrimSpace(line), got)
			}
		}
		if strings.Count(got, "\n") != strings.Count(want, "\n") {
			t.Errorf("%s: %s", days, got)
		}
	}
	if _, err := snap.BetweenDays(t.Context(), record.Lens{}, day(t, "2021-05-10"), day(t, "2021-05-09")); err == nil {
		t.Error("the later day may be before the earlier one")
	}
}

// What the lens shows as of two days differs only in links that have a row.
func TestBetweenDaysAgreesWithAsOf(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 9))
	for range 25 {
		s := newTeller(t)
		date := func() string {
			return []string{"", "2021", fmt.Sprintf("2021-%02d", 1+rng.IntN(12)), fmt.Sprintf("2021-%02d-%02d", 1+rng.IntN(12), 1+rng.IntN(28))}[rng.IntN(4)]
		}
		s.say("text Note, 2021-06-15: It says so.")
		for i := range 12 {
			since, until := date(), date()
			if since != "" && until != "" && day(t, until).Last().Compare(day(t, since).First()) < 0 {
				until = ""
			}
			name := fmt.Sprintf("P%d", i)
			s.say("project " + name)
			s.say(fmt.Sprintf("partner Q%d", i))
			line := fmt.Sprintf("Q%d is a partner in %s", i, name)
			if since != "" {
				line += " from " + since
			}
			if until != "" {
				line += " until " + until
			}
			if since != "" && until != "" && day(t, until).First().Compare(day(t, since).First()) < 0 {
				continue
			}
			s.say(line + `, confirmed by Note: "It says so."`)
		}
		snap := snapshot(t, s.store)
		from, to := day(t, fmt.Sprintf("2021-%02d-%02d", 1+rng.IntN(6), 1+rng.IntN(28))), day(t, fmt.Sprintf("2021-%02d-%02d", 7+rng.IntN(6), 1+rng.IntN(28)))
		rows, err := snap.BetweenDays(t.Context(), record.Lens{}, from, to)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, row := range rows {
			if row.Link != nil {
				got[row.Link.ID+" "+string(row.What)] = true
			}
		}
		held := func(d record.PartialDate) map[string]bool {
			m := map[string]bool{}
			for at, err := range snap.Participations(t.Context(), record.Lens{AsOf: d}, graph.ParticipationFilter{}, "") {
				if err != nil {
					t.Fatal(err)
				}
				m[at.Value.ID] = true
			}
			return m
		}
		first, second := held(from), held(to)
		for id := range second {
			if !first[id] && !got[id+" JOINED"] {
				t.Errorf("%s holds on %s and not on %s, and has no row:\n%s", id, to, from, told(rows))
			}
		}
		for id := range first {
			if !second[id] && !got[id+" LEFT"] {
				t.Errorf("%s holds on %s and not on %s, and has no row:\n%s", id, from, to, told(rows))
			}
		}
	}
}

func TestBetweenVersions(t *testing.T) {
	s := aYear(t)
	from := s.store.Version()
	for line := range strings.Lines(`Snook Ltd is the same as Snook
		Snook joined the fun
		text Weeknote 2, 2021-06-01: Snook helps with the Playbook.
		Snook is a partner in Playbook, confirmed by Weeknote 2: "Snook helps with the Playbook."
		text Weeknote 3, for staff: Sutton leads.
		Sutton joined Playbook as lead from 2021 until 2022, confirmed by Weeknote 3: "Sutton leads."
		withdraw: Weeknote 1`) {
		if line = strings.TrimSpace(line); !strings.Contains(line, "the fun") {
			s.say(line)
		}
	}
	snap := snapshot(t, s.store)
	staff := record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}
	ask := func(l record.Lens) string {
		rows, err := snap.BetweenVersions(t.Context(), l, from, s.store.Version())
		if err != nil {
			t.Fatal(err)
		}
		return told(rows)
	}
	all, public := ask(staff), ask(record.Lens{})
	for _, want := range []string{
		"JOINED: On record now: Snook became a partner in Playbook.", "MERGED: Snook Ltd was merged with Snook.",
		"LOST_SOURCE: No text that is now read says that Camden joined Playbook.", `TEXT_ADDED: "Weeknote 2" was added, published on 1 June 2021.`,
		"RECORD_REMOVED: Weeknote 1 was taken back.", "Weeknote 3"} {
		if !strings.Contains(all, want) {
			t.Errorf("staff are not told %q:\n%s", want, all)
		}
	}
	for _, secret := range []string{"Weeknote 3", "Weeknote 1 was taken back", "2022"} {
		if strings.Contains(public, secret) {
			t.Errorf("the public is told %q:\n%s", secret, public)
		}
	}
	for _, wrong := range [][2]uint64{{3, 2}, {0, 10_000}} {
		if _, err := snap.BetweenVersions(t.Context(), staff, wrong[0], wrong[1]); err == nil {
			t.Errorf("versions %v: no error", wrong)
		}
	}
	if rows, err := snap.BetweenVersions(t.Context(), staff, from, from); err != nil || len(rows) > 0 {
		t.Errorf("a version differs from itself: %v %v", rows, err)
	}
}

// What staff alone may see of a run of changes leaves no trace in what the public
// is told of it.
func TestDifferencesHideWhatIsHidden(t *testing.T) {
	for seed := range uint64(4) {
		store := open(t, "")
		say(t, store, script(seed+50, 200))
		snap := snapshot(t, store)
		for _, from := range []uint64{0, 80, 170} {
			rows, err := snap.BetweenVersions(t.Context(), record.Lens{Proposed: true}, from, snap.Version())
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				if _, err := snap.OwnNode(t.Context(), record.Lens{}, row.Node.ID); err != nil {
					t.Errorf("seed %d: the public is told of %s: %s", seed, row.Node.ID, row.Sentence)
				}
				if row.Link != nil {
					for _, ev := range row.Link.Evidence {
						if _, err := snap.Text(t.Context(), record.Lens{}, ev.Text, ev.Version); err != nil {
							t.Errorf("seed %d: the public is told what %s says: %s", seed, ev.Text, row.Sentence)
						}
					}
				}
			}
		}
	}
}
