package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"strings"
	"testing"

	"lotigraph/export"
	"lotigraph/network"
	"lotigraph/record"
)

// TestNetworkFormats: each format has the nodes and edges that the network has,
// with their measures, and says what was asked.
func TestNetworkFormats(t *testing.T) {
	s, o := snapshot(t, programme(t)), about(staff())
	q := network.Question{Of: record.PartnerKind, Through: record.ProjectKind}
	n, err := network.Build(t.Context(), network.Store{Snapshot: s}, o.Lens, q)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range export.NetworkFormats() {
		if f.Extension == "csv" {
			continue // see TestNetworkTables
		}
		var b bytes.Buffer
		if err := export.WriteNetwork(t.Context(), &b, s, f.Name, q, o); err != nil {
			t.Fatal(err)
		}
		nodes, edges := 0, 0
		for d := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
			token, err := d.Token()
			if token == nil {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if start, ok := token.(xml.StartElement); ok {
				switch start.Name.Local {
				case "node":
					nodes++
				case "edge":
					edges++
				}
			}
		}
		if nodes != len(n.Nodes) || edges != len(n.Edges) || edges == 0 {
			t.Errorf("%s has %d nodes and %d edges, the network %d and %d", f.Name, nodes, edges, len(n.Nodes), len(n.Edges))
		}
		for _, want := range []string{"network: partners through shared projects; weight: shared", "small-1", "betweenness", "project:city-tools", "Greater London Authority"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %q", f.Name, want)
			}
		}
	}
	if err := export.WriteNetwork(t.Context(), &bytes.Buffer{}, s, "gexf", q, o); err == nil {
		t.Error("gexf is no format of a network")
	}
}

// TestNetworkTables: the tables have a row for each node and each edge.
func TestNetworkTables(t *testing.T) {
	s, o := snapshot(t, programme(t)), about(staff())
	q := network.Question{Of: record.PartnerKind, Through: record.ProjectKind}
	n, err := network.Build(t.Context(), network.Store{Snapshot: s}, o.Lens, q)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		rows int
		head string
	}{
		"network.csv":       {len(n.Nodes), "id,name,kind,degree,weightedDegree,betweenness,closeness,pageRank,community,component"},
		"network.edges.csv": {len(n.Edges), "from,from_name,to,to_name,weight,sharedCount,shared"},
	} {
		var b bytes.Buffer
		if err := export.WriteNetwork(t.Context(), &b, s, name, q, o); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != want.rows+1 || strings.Join(rows[0], ",") != want.head {
			t.Errorf("%s: %v %q", name, err, rows)
		}
	}
}
