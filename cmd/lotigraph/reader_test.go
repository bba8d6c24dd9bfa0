package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a model finds waits like everything else; a text that is not for everybody
// is not shown to it; and that it is gone does not stop an import.
func TestSecondReader(t *testing.T) {
	asked := []string{}
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Messages []struct{ Content string }
		}
		json.NewDecoder(r.Body).Decode(&q)
		asked = append(asked, q.Messages[len(q.Messages)-1].Content)
		answer := `{"names":[{"kind":"PARTNER","name":"moonBeam","quote":"Everything was thought up by moonBeam."}],"links":[]}`
		json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"role": "assistant", "content": answer}, "finish_reason": "stop"}}})
	}))
	w, data, notes := newPerson(t), t.TempDir(), t.TempDir()
	for name, body := range map[string]string{"open.md": "Note 1\n\nEverything was thought up by moonBeam.\n", "closed.md": "---\nvisibility: STAFF\n---\n\nNote 2\n\nNobody may know of the move.\n"} {
		if err := os.WriteFile(filepath.Join(notes, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.must("import", "--data", data, "--reader-url", model.URL+"/v1", "--reader-model", "m", notes)
	if len(asked) != 1 || !strings.Contains(asked[0], "moonBeam") {
		t.Errorf("the model was asked %q", asked)
	}
	if got := w.must("inbox", "--data", data); !strings.Contains(got, "Is moonBeam a partner organisation?") {
		t.Errorf("the inbox shows\n%s", got)
	}
	model.Close()
	if err := os.WriteFile(filepath.Join(notes, "late.md"), []byte("Note 3\n\nCamden is well.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := w.run("import", "--data", data, "--reader-url", model.URL+"/v1", "--reader-model", "m", notes)
	if !strings.Contains(r.out, "1 added") || !strings.Contains(r.err, "late.md: the second reader failed") {
		t.Errorf("without the model: %s%s", r.out, r.err)
	}
	if r := w.run("import", "--data", data, "--reader-url", model.URL, notes); r.code != exitMisuse {
		t.Errorf("without a model's name: %d %s", r.code, r.err)
	}
}
