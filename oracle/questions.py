# Answers questions about graphs with networkx: one question a line on standard
# input, one answer a line on standard output, both JSON. See networkx.go.
import json
import sys

import networkx as nx
from networkx.algorithms.link_analysis import pagerank_alg


def by_node(values, n):
    return [values[i] for i in range(n)]


def paths(g, question):
    weight = "weight" if question.get("weighted") else None
    found, last = [], None
    try:
        for path in nx.shortest_simple_paths(g, question["from"], question["to"], weight):
            cost = sum(g[a][b]["weight"] if weight else 1 for a, b in zip(path, path[1:]))
            if len(found) >= question["first"] and not (question.get("ties") and cost <= last + 1e-9):
                break
            found.append({"nodes": path, "cost": cost})
            last = cost
    except nx.NetworkXNoPath:
        pass
    return found


for line in sys.stdin:
    asked = json.loads(line)
    n = asked["size"]
    g = nx.DiGraph() if asked.get("directed") else nx.Graph()
    g.add_nodes_from(range(n))
    g.add_weighted_edges_from((int(a), int(b), w) for a, b, w in asked.get("edges") or [])
    say = {}
    for what in asked.get("what") or []:
        if what == "betweenness":
            say[what] = by_node(nx.betweenness_centrality(g), n)
        elif what == "closeness":
            say[what] = by_node(nx.closeness_centrality(g), n)
        elif what == "pageRank":
            say[what] = by_node(pagerank_alg._pagerank_python(g, tol=1e-13, max_iter=10000), n)  # needs no numpy
        elif what == "components":
            say[what] = sorted(sorted(c) for c in nx.connected_components(g))
        elif what == "density":
            say[what] = nx.density(g)
        elif what == "louvain":
            say[what] = nx.community.modularity(g, nx.community.louvain_communities(g, seed=1))
        elif what == "modularity":
            say[what] = nx.community.modularity(g, asked["communities"])
        else:
            say["error"] = "nobody knows what " + what + " is"
    if asked.get("paths"):
        say["paths"] = [paths(g, question) for question in asked["paths"]]
    print(json.dumps(say), flush=True)
