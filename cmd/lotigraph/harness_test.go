package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// person is somebody at a machine: with an environment and a cache folder of
// their own, they run the program.
type person struct {
	t     testing.TB
	env   map[string]string
	cache string
}

func newPerson(t testing.TB) *person {
	return &person{t, map[string]string{}, filepath.Join(t.TempDir(), "cache")}
}

// ran is what a run printed and its exit code.
type ran struct {
	out, err string
	code     int
}

// run runs the program to its end.
func (w *person) run(args ...string) ran {
	w.t.Helper()
	var out, err bytes.Buffer
	code := w.program(&out, &err, args...).run(w.t.Context())
	return ran{out.String(), err.String(), code}
}

// must runs the program, which must end well.
func (w *person) must(args ...string) string {
	w.t.Helper()
	r := w.run(args...)
	if r.code != exitOK {
		w.t.Fatalf("lotigraph %s: exit code %d\n%s%s", strings.Join(args, " "), r.code, r.out, r.err)
	}
	return r.out
}

func (w *person) program(out, err io.Writer, args ...string) *program {
	return &program{args: args, stdout: out, stderr: err, cache: w.cache, env: func(name string) string { return w.env[name] }}
}

// service is a server that the program runs.
type service struct {
	t    testing.TB
	url  string
	log  *watched
	stop func() int // ends it, as a signal does, and returns the exit code
}

// serve runs `lotigraph serve` on a free port until the test ends.
func (w *person) serve(args ...string) *service {
	w.t.Helper()
	log := &watched{}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	args = append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)
	go func() { ended <- w.program(io.Discard, log, args...).run(ctx) }()
	var once sync.Once
	code := -1
	stop := func() int {
		once.Do(func() { cancel(); code = <-ended })
		return code
	}
	w.t.Cleanup(func() { stop() })
	for range 2000 {
		if m := listening.FindStringSubmatch(log.String()); m != nil {
			return &service{w.t, m[1], log, stop}
		}
		select {
		case code := <-ended:
			w.t.Fatalf("serve ended with exit code %d\n%s", code, log)
		case <-time.After(10 * time.Millisecond):
		}
	}
	w.t.Fatalf("serve does not say where it listens\n%s", log)
	return nil
}

var listening = regexp.MustCompile(`msg=listening url=(\S+)`)

// watched is a writer that can be read meanwhile.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// get gets an address of the service.
func (s *service) get(path string) (status int, body string) {
	s.t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(raw)
}

// ask asks GraphQL as the public, and reads the data of the answer.
func (s *service) ask(query string, into any) {
	s.t.Helper()
	if raw := s.raw(query, ""); json.Unmarshal(raw.Data, into) != nil || len(raw.Errors) > 0 {
		s.t.Fatalf("%s\n%s %v", query, raw.Data, raw.Errors)
	}
}

// raw asks GraphQL with a token, "" for none.
func (s *service) raw(query, token string) (answer reply) {
	s.t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		s.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		s.t.Fatal(err)
	}
	return answer
}

// shared is a path in the folder that may lie beside the checkout with material
// for tests; ok tells whether it is there.
func shared(path string) (name string, ok bool) {
	name = filepath.Join("..", "..", "..", "shared", filepath.FromSlash(path))
	_, err := os.Stat(name)
	return name, err == nil
}

// texts are folders of many texts: the corpus where it is there, else the seed's.
func texts() []string {
	if corpus, ok := shared("corpus"); ok {
		return []string{filepath.Join(corpus, "weeknotes"), filepath.Join(corpus, "pages")}
	}
	return []string{"../../seed/texts"}
}

// build builds the program as a file, as fast as people have it.
func build(t testing.TB) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "lotigraph")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", name, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return name
}
