package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lotigraph/record"
)

// counted is a log in which change n saves record n, so that an index at
// position P must hold exactly P records.
func counted(n int) log {
	var l log
	for i := range n {
		d := newText(record.ID(fmt.Sprintf("weeknote:note-%04d", i+1)), fmt.Sprintf("Note %d", i+1),
			fmt.Sprintf("Camden wrote note %d. It is about playbook %d.", i+1, i%7))
		d.Number = uint64(i + 1)
		l = append(l, d)
	}
	return l
}

func checkCounted(t *testing.T, ix *Index) {
	t.Helper()
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if total := find(t, s, Query{First: 1}).Total; uint64(total) != s.Version() {
		t.Errorf("at position %d there are %d records", s.Version(), total)
	}
}

func TestCatchUpStoresPositionWithoutDocuments(t *testing.T) {
	dir := t.TempDir()
	ix := follow(t, dir, counted(3))
	if err := ix.CatchUp(t.Context(), log{}, 9); err != nil {
		t.Fatal(err)
	}
	if err := ix.CatchUp(t.Context(), counted(5), 5); err != nil { // slower than somebody else
		t.Fatal(err)
	}
	ix.Close()
	ix = open(t, dir)
	if ix.Position() != 9 || ix.Rebuilt() != "" {
		t.Errorf("position %d, rebuilt %q; want 9 and nothing rebuilt", ix.Position(), ix.Rebuilt())
	}
}

// TestCatchUpResumes cancels in the middle and goes on.
func TestCatchUpResumes(t *testing.T) {
	dir := t.TempDir()
	l := counted(3*batchDocuments + 10)
	ix := open(t, dir)
	for _, stop := range []int{1, batchDocuments + 1, 2*batchDocuments + 1} {
		ctx, cancel := context.WithCancel(t.Context())
		err := ix.CatchUp(ctx, cancelling{l, cancel, stop}, l.last())
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled at document %d: %v", stop, err)
		}
		checkCounted(t, ix)
	}
	if p := ix.Position(); p == 0 || p >= l.last() {
		t.Errorf("position %d after three cancelled runs", p)
	}
	ix.Close()
	ix = follow(t, dir, l)
	checkCounted(t, ix)
}

// cancelling cancels its reader after some documents.
type cancelling struct {
	log
	cancel context.CancelFunc
	after  int
}

func (c cancelling) Lineage() string { return c.log.Lineage() }

func (c cancelling) Documents(ctx context.Context, after uint64) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		n := 0
		for d, err := range c.log.Documents(ctx, after) {
			if n++; n == c.after {
				c.cancel()
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// TestCatchUpSplitsNoChange: a change of more documents than a batch holds is
// read again as a whole when only a part of it was written.
func TestCatchUpSplitsNoChange(t *testing.T) {
	l := counted(2 * batchDocuments)
	for i := range l {
		l[i].Number = 1 + uint64(i)/(2*batchDocuments-1) // all but the last are of change 1
	}
	ix := open(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	if err := ix.CatchUp(ctx, cancelling{l, cancel, batchDocuments + 5}, 2); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if ix.Position() != 0 {
		t.Errorf("position %d in the middle of change 1, want 0", ix.Position())
	}
	catchUp(t, ix, l)
	if total := find(t, snapshot(t, ix), Query{}).Total; total != len(l) {
		t.Errorf("%d records, want %d", total, len(l))
	}
}

func TestCatchUpRefusesDisorder(t *testing.T) {
	l := counted(2)
	l[0], l[1] = l[1], l[0]
	if err := open(t, "").CatchUp(t.Context(), l, 2); err == nil {
		t.Error("documents out of order are accepted")
	}
}

func TestCatchUpReplacesAndDeletes(t *testing.T) {
	l := counted(3)
	ix := follow(t, "", l)
	next := l[1]
	next.Node.Name, next.Number = "Renamed", 4
	gone := record.Document{Number: 5, Gone: true, Node: record.Node{ID: l[2].Node.ID}}
	catchUp(t, ix, log{next, gone})
	s := snapshot(t, ix)
	for text, want := range map[string]string{
		"":             "weeknote:note-0001 weeknote:note-0002",
		"renamed":      "weeknote:note-0002",
		`"note 3"`:     "",
		"secretfooter": "",
		"weeknote":     "",
	} {
		if got := ids(find(t, s, Query{Text: text})); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

// TestKill kills a process that is writing, again and again.
func TestKill(t *testing.T) {
	if dir := os.Getenv("INDEX_KILL"); dir != "" {
		ix, l := open(t, dir), counted(5000)
		for i := int(ix.Position()); i < len(l); i += 3 {
			catchUp(t, ix, l[:i+1])
		}
		return
	}
	dir := t.TempDir()
	var last uint64
	for i := range 6 {
		child := exec.Command(os.Args[0], "-test.run=^TestKill$")
		child.Env = append(os.Environ(), "INDEX_KILL="+dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(150+rand.IntN(300)) * time.Millisecond)
		child.Process.Kill()
		child.Wait()
		ix := open(t, dir)
		if ix.Rebuilt() != "" && (i > 0 || !strings.Contains(ix.Rebuilt(), "missing") && !strings.Contains(ix.Rebuilt(), "no position")) {
			t.Errorf("killed %d times: rebuilt because %s", i+1, ix.Rebuilt())
		}
		if ix.Position() < last {
			t.Errorf("position %d after %d", ix.Position(), last)
		}
		last = ix.Position()
		checkCounted(t, ix)
		ix.Close()
	}
	if last == 0 {
		t.Error("the child never wrote anything")
	}
}

func TestOpenMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "index")
	l := counted(5)
	ix := follow(t, dir, l)
	if !strings.Contains(ix.Rebuilt(), "missing") {
		t.Errorf("a new folder says %q", ix.Rebuilt())
	}
	ix.Close()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir)
	if ix.Position() != 0 || ix.Rebuilt() == "" {
		t.Errorf("a deleted folder is at position %d, rebuilt %q", ix.Position(), ix.Rebuilt())
	}
	catchUp(t, ix, l)
	checkCounted(t, ix)
}

func TestOpenOtherMapping(t *testing.T) {
	dir := t.TempDir()
	ix := follow(t, dir, counted(5))
	state := strings.Replace(string(writeState(5)), fmt.Sprint(mappingVersion), fmt.Sprint(mappingVersion-1), 1)
	if err := ix.store.scorch.SetInternal(stateKey, []byte(state)); err != nil {
		t.Fatal(err)
	}
	ix.Close()
	ix = open(t, dir)
	if ix.Position() != 0 || !strings.Contains(ix.Rebuilt(), "mapping") {
		t.Errorf("position %d, rebuilt %q", ix.Position(), ix.Rebuilt())
	}
	catchUp(t, ix, counted(5))
	checkCounted(t, ix)
}

func TestOpenLocked(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	begun := time.Now()
	if _, err := Open(dir); !errors.Is(err, ErrLocked) {
		t.Errorf("a folder in use: %v", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v to say so", took)
	}
}

// TestOpenBroken damages every file in turn, in several ways.
func TestOpenBroken(t *testing.T) {
	whole := t.TempDir()
	follow(t, whole, counted(200)).Close()
	damages := map[string]func([]byte) []byte{
		"emptied": func([]byte) []byte { return nil },
		"halved":  func(b []byte) []byte { return b[:len(b)/2] },
		"zeroed":  func(b []byte) []byte { return make([]byte, len(b)) },
	}
	for i := range 12 {
		damages[fmt.Sprint("flipped", i)] = func(b []byte) []byte {
			r := rand.New(rand.NewPCG(7, uint64(i)))
			for range 1 + len(b)/2000 {
				b[r.IntN(len(b))] ^= byte(1 + r.IntN(255))
			}
			return b
		}
	}
	damages["removed"] = nil
	files, err := filepath.Glob(filepath.Join(whole, "store", "*"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		for name, damaged := range damages {
			t.Run(filepath.Ext(file)+"/"+name, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
					t.Fatal(err)
				}
				victim := filepath.Join(dir, "store", filepath.Base(file))
				if damaged == nil {
					err = os.Remove(victim)
				} else {
					var b []byte
					if b, err = os.ReadFile(victim); err == nil {
						err = os.WriteFile(victim, damaged(b), 0o600)
					}
				}
				if err != nil {
					t.Fatal(err)
				}
				ix := open(t, dir)
				if filepath.Ext(file) == ".zap" && ix.Rebuilt() == "" {
					t.Error("nothing was rebuilt")
				}
				checkCounted(t, ix)
				catchUp(t, ix, counted(205))
				checkCounted(t, ix)
			})
		}
	}
}

func TestOpenFileInPlace(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "store"), []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	if ix := open(t, dir); ix.Rebuilt() == "" {
		t.Error("a file instead of a folder is no reason")
	}
	if _, err := Open(filepath.Join(dir, "store", "root.bolt")); err == nil {
		t.Error("a file is opened as an index folder")
	}
}

func TestRebuild(t *testing.T) {
	for _, dir := range []string{"", t.TempDir()} {
		l := readRecords(t)
		ix := follow(t, dir, l)
		s := snapshot(t, ix)
		before := find(t, s, Query{Text: "camden", Snippets: 2})
		if err := ix.Rebuild(); err != nil {
			t.Fatal(err)
		}
		if ix.Position() != 0 {
			t.Errorf("position %d after a rebuild", ix.Position())
		}
		if total := find(t, snapshot(t, ix), Query{}).Total; total != 0 {
			t.Errorf("%d records after a rebuild", total)
		}
		if after := find(t, s, Query{Text: "camden", Snippets: 2}); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("the snapshot changed: %v, was %v", after, before)
		}
		s.Close()
		catchUp(t, ix, l)
		if after := find(t, snapshot(t, ix), Query{Text: "camden", Snippets: 2}); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("it finds %v, before %v", after, before)
		}
	}
}

// TestRebuildForgets: no file holds an erased word after a rebuild.
func TestRebuildForgets(t *testing.T) {
	dir := t.TempDir()
	d := newText("weeknote:a", "Xylophonist", "Zebrafinch lives here.")
	d.Number = 1
	ix := follow(t, dir, log{d})
	if err := ix.Rebuild(); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if s := strings.ToLower(string(b)); strings.Contains(s, "xylophon") || strings.Contains(s, "zebrafinch") {
			t.Errorf("%s remembers", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSnapshotIsPinned searches one snapshot while batches and merges go on.
func TestSnapshotIsPinned(t *testing.T) {
	l := counted(900)
	ix := follow(t, t.TempDir(), l[:300])
	s := snapshot(t, ix)
	q := Query{Text: "camden playbook", First: 20, Snippets: 1}
	before := fmt.Sprint(find(t, s, q))
	done := make(chan error)
	go func() {
		for i := 303; i <= len(l); i += 3 {
			for j := range i - 3 { // touch an old record, too
				if j%97 == 0 {
					l[j].Node.Name = fmt.Sprint("Changed ", i)
				}
			}
			if err := ix.CatchUp(context.Background(), l[:i], uint64(i)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for writing := true; writing; {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			writing = false
		default:
		}
		if after := fmt.Sprint(find(t, s, q)); after != before {
			t.Fatalf("the snapshot moved:\n%s\n%s", before, after)
		}
		checkCounted(t, ix)
	}
	if s.Version() != 300 || find(t, s, q).Total != 300 {
		t.Errorf("version %d, %d records", s.Version(), find(t, s, q).Total)
	}
}

// stranger is another history with the same numbers.
type stranger struct{ log }

func (stranger) Lineage() string { return "another" }

// An index that followed one history holds nothing of it when it follows another.
func TestCatchUpOfAnotherLineage(t *testing.T) {
	ix := follow(t, "", counted(5))
	if err := ix.CatchUp(t.Context(), stranger{counted(8)[6:]}, 8); err != nil {
		t.Fatal(err)
	}
	if total := find(t, snapshot(t, ix), Query{}).Total; total != 2 || ix.Position() != 8 {
		t.Errorf("%d records at position %d; want the stranger's 2 at 8", total, ix.Position())
	}
}

func TestClosed(t *testing.T) {
	ix := follow(t, "", counted(3))
	s := snapshot(t, ix)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if _, err := ix.Snapshot(); err == nil {
		t.Error("a closed index gives a snapshot")
	}
	if err := ix.CatchUp(t.Context(), counted(5), 5); err == nil {
		t.Error("a closed index follows")
	}
	if err := ix.Rebuild(); err == nil {
		t.Error("a closed index is rebuilt")
	}
	if total := find(t, s, Query{Text: "camden"}).Total; total != 3 {
		t.Errorf("the snapshot finds %d", total)
	}
}
