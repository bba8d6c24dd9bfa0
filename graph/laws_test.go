package graph_test

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"lotigraph/graph"
	"lotigraph/record"
)

// The same changes in the same order give the same graph anywhere, and the log
// replayed to a number gives the graph at that number.
func TestSameChangesSameGraph(t *testing.T) {
	for seed := range uint64(4) {
		changes := script(seed, 400)
		one, two := open(t, ""), open(t, t.TempDir())
		hashes := map[uint64]string{}
		refused := 0
		for i, c := range changes {
			refused += say(t, one, []record.Change{c})
			if i%97 == 0 {
				hashes[one.Version()] = stateHash(t, one)
			}
		}
		if refused == 0 || refused > 300 {
			t.Fatalf("seed %d: %d of 400 changes were refused; the script tests nothing", seed, refused)
		}
		if got := one.Version(); got != 400 {
			t.Errorf("seed %d: %d numbers for 400 changes", seed, got)
		}
		say(t, two, changes)
		if a, b := stateHash(t, one), stateHash(t, two); a != b {
			t.Errorf("seed %d: two stores differ", seed)
		}
		for at, hash := range hashes {
			replayed := open(t, "")
			if err := graph.Replay(t.Context(), snapshot(t, one), at, replayed); err != nil {
				t.Fatal(err)
			}
			if stateHash(t, replayed) != hash {
				t.Errorf("seed %d: replayed to %d it is another graph", seed, at)
			}
		}
		sound(t, one)
		sound(t, two)
	}
}

// Undoing changes from the last to the first, as far as they can be undone,
// never breaks an invariant; and what one change did, its undo takes back.
func TestUndoTakesBack(t *testing.T) {
	s := open(t, "")
	say(t, s, script(11, 120))
	for n := s.Version(); n > 0; n-- {
		_, err := s.Commit(t.Context(), change("undo "+strconv.FormatUint(n, 10), record.Op{Undo: &record.Undo{Number: n}}))
		var refusal *record.Refusal
		if err != nil && !errors.As(err, &refusal) {
			t.Fatal(err)
		}
	}
	sound(t, s)
	for _, kind := range []record.Kind{record.PartnerKind, record.ProjectKind, record.WeeknoteKind} {
		for at, err := range snapshot(t, s).Nodes(t.Context(), record.Lens{Viewer: record.Viewer{Clearance: record.Staff}}, kind, graph.NodeFilter{}, graph.ByName, "") {
			t.Errorf("%v is still there after everything was undone (%v)", at.Value.ID, err)
		}
	}
}

func TestManyWritersShareSyncs(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	const writers, each = 32, 20
	numbers := make([]bool, writers*each+1)
	var mu sync.Mutex
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				name := strconv.Itoa(w) + " and " + strconv.Itoa(i)
				entry, err := s.Commit(t.Context(), change(name, saveNode(record.PartnerKind, name)))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if numbers[entry.Number] {
					t.Errorf("number %d was given twice", entry.Number)
				}
				numbers[entry.Number] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if syncs := graph.Syncs(s); syncs >= writers*each/2 {
		t.Errorf("%d changes took %d syncs; they were not shared", writers*each, syncs)
	}
	want := stateHash(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if got := stateHash(t, again); got != want || again.Version() != writers*each {
		t.Errorf("after opening it again the graph is another one, at version %d", again.Version())
	}
	sound(t, again)
}

func TestVerdicts(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	first, err := s.Commit(t.Context(), change("one", saveNode(record.ProjectKind, "Playbook")))
	if err != nil {
		t.Fatal(err)
	}
	stale := change("two", saveNode(record.ProjectKind, "Other"))
	stale.Expect = []record.Expect{{ID: "project:playbook", Revision: 4}}
	_, err = s.Commit(t.Context(), stale)
	if !errors.Is(err, record.ErrConflict) || !strings.Contains(err.Error(), "revision 1") {
		t.Errorf("a stale revision: %v; want a conflict that names revision 1", err)
	}
	if s.Version() != 2 {
		t.Errorf("the refusal was not recorded: version %d", s.Version())
	}
	if hits, _ := snapshot(t, s).Find(t.Context(), record.Lens{}, "Other"); len(hits) != 0 {
		t.Error("a refused change left something behind")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	again, err := s.Commit(t.Context(), change("one", saveNode(record.ProjectKind, "Something else")))
	if err != nil || again.Number != first.Number || again.Saved[0] != first.Saved[0] {
		t.Errorf("a repeated id got %+v, %v; want the first verdict %+v", again, err, first)
	}
	stale.Expect = nil
	if _, err := s.Commit(t.Context(), stale); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a repeated id of a refusal: %v; want the first refusal", err)
	}
	if s.Version() != 2 {
		t.Errorf("repeating made version %d", s.Version())
	}
	big := change("big", saveText("big.md", "Big\n"+strings.Repeat("x", record.MaxChange), record.Public, "", nil))
	if _, err := s.Commit(t.Context(), big); !errors.Is(err, record.ErrInvalid) || !strings.Contains(err.Error(), "split") {
		t.Errorf("a change over the limit: %v", err)
	}
}

// Changes that together are larger than a transaction may be are stored in
// several, each change whole.
func TestGroupsStayBelowBadgersLimit(t *testing.T) {
	s := open(t, t.TempDir())
	var group sync.WaitGroup
	for i := range 24 {
		group.Go(func() {
			name := "long " + strconv.Itoa(i)
			body := name + "\n" + strings.Repeat("A sentence that says little. ", 30_000)
			if _, err := s.Commit(t.Context(), change(name, saveText(name, body, record.Public, "", nil))); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if s.Version() != 24 {
		t.Errorf("version %d after 24 changes", s.Version())
	}
	sound(t, s)
}

// A process killed while it writes loses nothing that it had acknowledged. The
// test runs itself as that process.
func TestKilledWriter(t *testing.T) {
	const marker = "LOTIGRAPH_TEST_WRITER"
	if dir := os.Getenv(marker); dir != "" {
		s := open(t, dir)
		for i := 0; ; i++ {
			entry, err := s.Commit(t.Context(), change(strconv.Itoa(i), saveNode(record.PartnerKind, "Partner "+strconv.Itoa(i))))
			if err != nil {
				t.Fatal(err)
			}
			os.Stdout.WriteString("ack " + strconv.FormatUint(entry.Number, 10) + "\n")
		}
	}
	for round := range 3 {
		dir := filepath.Join(t.TempDir(), "graph")
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
		cmd.Env = append(os.Environ(), marker+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acknowledged := lastAck(out, 40+150*round)
		cmd.Process.Kill()
		cmd.Wait()
		s := open(t, dir)
		if s.Version() < acknowledged || acknowledged == 0 {
			t.Errorf("change %d was acknowledged, and the graph is at %d", acknowledged, s.Version())
		}
		sound(t, s)
	}
}

// lastAck reads n acknowledgements and returns the last number.
func lastAck(r io.Reader, n int) (number uint64) {
	in := bufio.NewScanner(r)
	for n > 0 && in.Scan() {
		if digits, ok := strings.CutPrefix(in.Text(), "ack "); ok {
			number, _ = strconv.ParseUint(digits, 10, 64)
			n--
		}
	}
	return number
}
