package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const changing = `mutation { saveNode(input: {kind: PARTNER, name: "Example Trust"}) { outcome } }`

// code asks to change something and returns the code of the refusal, "" for none.
func (s *service) code(token string) string {
	s.t.Helper()
	if answer := s.raw(changing, token); len(answer.Errors) > 0 {
		return answer.Errors[0].Extensions.Code
	}
	return ""
}

// Without LOTIGRAPH_TOKEN, whoever runs the server may change things from their
// own account and nobody else may.
func TestLocalToken(t *testing.T) {
	w := newPerson(t)
	s := w.serve("--seed=false", "--data", t.TempDir())
	files, err := filepath.Glob(filepath.Join(w.cache, "lotigraph", "*.token"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the files of tokens: %q %v", files, err)
	}
	for name, mode := range map[string]os.FileMode{files[0]: 0o600, filepath.Dir(files[0]): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has mode %v, want %v", name, info.Mode(), mode)
		}
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if code := s.code(strings.TrimSpace(string(raw))); code != "" {
		t.Errorf("with the local token: %s", code)
	}
	if code := s.code(""); code != "UNAUTHENTICATED" {
		t.Errorf("without a token: %q", code)
	}
	if code := s.code("guess"); code != "UNAUTHENTICATED" {
		t.Errorf("with a wrong token: %q", code)
	}
	if strings.Contains(s.log.String(), strings.TrimSpace(string(raw))) {
		t.Error("the log tells the token")
	}
	w.must("import", "--server", strings.Replace(s.url, "127.0.0.1", "localhost", 1), "testdata/weeknote-70.txt")

	if r := w.run("token", "--server", s.url); r.code != 0 || r.out != string(raw) {
		t.Errorf("token said %q, exit code %d\n%s", r.out, r.code, r.err)
	}
	stranger := newPerson(t)
	if r := stranger.run("token", "--server", s.url); r.code != exitFailed || r.out != "" || !strings.Contains(r.err, "local token") {
		t.Errorf("to a stranger token said %q, exit code %d\n%s", r.out, r.code, r.err)
	}
	if r := stranger.run("import", "--server", s.url, "testdata/weeknote-70.txt"); r.code != exitFailed || !strings.Contains(r.err, "set LOTIGRAPH_TOKEN") {
		t.Errorf("somebody else: exit code %d\n%s", r.code, r.err)
	}
	s.stop()
	if _, err := os.Stat(files[0]); err == nil {
		t.Error("the token is still there after the stop")
	}
}

// LOTIGRAPH_TOKEN is used as it is, on both sides.
func TestOwnToken(t *testing.T) {
	w := newPerson(t)
	w.env[tokenVariable] = "a-long-secret"
	s := w.serve("--seed=false", "--data", t.TempDir())
	if code := s.code("a-long-secret"); code != "" {
		t.Errorf("with the token: %s", code)
	}
	if _, err := os.Stat(w.cache); err == nil {
		t.Error("there is a local token too")
	}
	w.must("import", "--server", s.url, "testdata/weeknote-70.txt")
	w.env[tokenVariable] = "another"
	if r := w.run("import", "--server", s.url, "testdata/weeknote-70.txt"); r.code != exitFailed || !strings.Contains(r.err, "not the token of this server") {
		t.Errorf("with another token: exit code %d\n%s", r.code, r.err)
	}
}

func TestNoToken(t *testing.T) {
	w := newPerson(t)
	s := w.serve("--seed=false", "--data", t.TempDir(), "--local-token=false")
	if code := s.code(""); code != "FORBIDDEN" {
		t.Errorf("without a token: %q", code)
	}
	if _, err := os.Stat(w.cache); err == nil {
		t.Error("there is a local token")
	}
	if r := w.run("import", "--server", s.url, "testdata/weeknote-70.txt"); r.code != exitFailed || !strings.Contains(r.err, "switched off") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// A server that the network reaches makes no local token.
func TestNoLocalTokenBeyondLoopback(t *testing.T) {
	w := newPerson(t)
	w.serve("--seed=false", "--data", t.TempDir(), "--addr", "0.0.0.0:0")
	if _, err := os.Stat(w.cache); err == nil {
		t.Error("there is a local token")
	}
}
