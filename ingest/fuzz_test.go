package ingest_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"lotigraph/graph"
	"lotigraph/ingest"
)

// Whatever is in a file, and whatever its ending: there is a report or a problem,
// never a fault of ours, and the graph stays sound.
func FuzzFile(f *testing.F) {
	endings := []string{".md", ".txt", ".csv", ".tsv", ".xlsx", ".html", ".htm", ".json", ".xml", ".rss", ".atom", "", ".jsonl", ".docx"}
	archives, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(archives) == 0 {
		f.Fatalf("nothing to begin with: %v", err)
	}
	stories, _ := filepath.Glob("testdata/*.txt")
	for _, name := range append(archives, stories...) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range archive.Files {
			for i, ending := range endings {
				if filepath.Ext(part.Name) == ending {
					f.Add(uint8(i), part.Data)
				}
			}
		}
	}
	f.Add(uint8(4), book(f, nil, "Grid", [][]any{{"", "Data Ethics"}, {"Camden", "lead"}, {"Sutton", 44197}}))
	f.Add(uint8(13), packed(f, wordNote))
	f.Add(uint8(2), []byte("sep=;\nBorough;Data\nCamden;l\xe9ad\n"))
	f.Add(uint8(5), []byte("\xff\xfe<\x00p\x00>\x00"))
	f.Add(uint8(12), []byte(`{"earlier":{"id":"weeknote:a","version":1,"name":"A","source":"a.md","form":"PAGE","visibility":"STAFF","body":"A\n\nCamden left."}}
{"node":{"id":"weeknote:a","name":"A","source":"a.md","form":"PAGE","visibility":"PUBLIC","body":"A\n\nCamden joined."}}
{"merged":{"into":"weeknote:a","id":"weeknote:b","name":"B","source":"b.md","form":"PAGE","visibility":"STAFF","body":"B\n\nSutton joined."}}
{"merged":{"into":"borough:camden","id":"borough:sutton"}}
{"node":{"id":"project:map","name":"Map","start":"2021-05"}}
{"link":{"type":"JOINED","from":"borough:camden","to":"project:map","status":"CONFIRMED","evidence":[{"text":"weeknote:b","quote":"Sutton joined."}]}}
{"end":{}}
`))
	f.Fuzz(func(t *testing.T, ending uint8, body []byte) {
		store, err := graph.Open("", graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		importer := ingest.New(store)
		for _, file := range []ingest.File{
			{Name: "boroughs.csv", Body: []byte(boroughTable)},
			{Name: "fuzzed" + endings[int(ending)%len(endings)], Body: body},
		} {
			if _, err := importer.File(t.Context(), file, ingest.Options{AcceptNew: len(body)%2 == 0, Now: noon}); err != nil {
				t.Fatal(err)
			}
		}
		sound(t, store)
	})
}
