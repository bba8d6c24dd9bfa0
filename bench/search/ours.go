package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/server"
	"lotigraph/view"
)

// lens is everybody's.
var lens = record.Lens{Viewer: record.Viewer{Clearance: record.Public}}

// facetKeys are the three facets across links.
var facetKeys = []index.Key{index.ByBorough, index.ByProject, index.ByPartner}

// facetValues is how many values of each are asked for.
const facetValues = 10

// found is what a side answers: enough to compare.
type found struct {
	total  int
	facets map[string]int // "borough:camden" → count
}

// search is the task in process.
func (t task) request() view.Request {
	r := view.Request{Text: t.text, First: 10}
	if t.facets {
		r.Facets, r.Values = facetKeys, facetValues
	}
	if t.filtered {
		r.Kinds, r.From, r.To, r.Order = []record.Kind{record.WeeknoteKind}, t.from, t.to, index.NewestFirst
	}
	return r
}

func (w *world) inProcess(ctx context.Context, t task) (found, error) {
	v, err := w.publisher.Current()
	if err != nil {
		return found{}, err
	}
	defer v.Close()
	got, err := v.Search(ctx, lens, t.request())
	f := found{total: got.Total, facets: map[string]int{}}
	for _, facet := range got.Facets {
		for _, value := range facet.Values {
			f.facets[value.Value] = value.Count
		}
	}
	return f, err
}

// service is the server on a socket of this machine, and somebody who asks it.
type service struct {
	url    string
	client *http.Client
	stop   context.CancelFunc
	ended  chan error
}

func serve(w *world) (*service, error) {
	s, err := server.New(w.store, w.publisher, w.importer(), server.Config{OnDemand: true}) // so that nothing else is done while searches are measured
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	out := &service{url: "http://" + listener.Addr().String() + "/graphql", client: &http.Client{}, stop: stop, ended: make(chan error, 1)}
	go func() { out.ended <- s.Serve(ctx, listener) }()
	return out, nil
}

func (s *service) close() error {
	s.client.CloseIdleConnections()
	s.stop()
	return <-s.ended
}

const searchQuery = `query($text: String!, $filter: SearchFilter, $order: SearchOrder!, $facets: Boolean!) {
  search(query: $text, filter: $filter, orderBy: $order, first: 10) {
    totalCount
    nodes { id name }
    facets(keys: [BOROUGH, PROJECT, PARTNER], first: 10) @include(if: $facets) { key values { value count } }
  }
}`

const suggestQuery = `query($prefix: String!) { suggest(prefix: $prefix) { text node { id } } }`

func (w *world) overHTTP(ctx context.Context, t task) (found, error) {
	variables := map[string]any{"text": t.text, "order": "RELEVANCE", "facets": t.facets}
	if t.filtered {
		variables["order"] = "NEWEST_FIRST"
		variables["filter"] = map[string]any{"kinds": []string{"WEEKNOTE"}, "from": t.from.String(), "to": t.to.String()}
	}
	var answer struct {
		Search struct {
			TotalCount int
			Facets     []struct {
				Values []struct {
					Value string
					Count int
				}
			}
		}
	}
	if err := w.service.ask(ctx, searchQuery, variables, &answer); err != nil {
		return found{}, err
	}
	f := found{total: answer.Search.TotalCount, facets: map[string]int{}}
	for _, facet := range answer.Search.Facets {
		for _, value := range facet.Values {
			f.facets[value.Value] = value.Count
		}
	}
	return f, nil
}

func (s *service) ask(ctx context.Context, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return fmt.Errorf("%s: %w: %s", response.Status, err, raw)
	}
	if len(answer.Errors) > 0 {
		return fmt.Errorf("%s", answer.Errors[0].Message)
	}
	return json.Unmarshal(answer.Data, into)
}
