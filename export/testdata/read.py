# Reads an export with a library that others wrote and says what it found, as
# JSON: {"nodes": [id...], "edges": [[id, from, to, type]...], "more": {...}}.
#
#   read.py LIBRARY FORMAT FILE
import json
import sys

library, form, name = sys.argv[1:4]
nodes, edges, more = [], [], {}

if library == "networkx":
    import networkx

    if form == "gexf":
        from networkx.readwrite.gexf import GEXF

        # Older releases read 1.3 when they are told its namespace.
        GEXF.versions.setdefault("1.3", dict(GEXF.versions["1.2draft"], NS_GEXF="http://gexf.net/1.3", NS_VIZ="http://gexf.net/1.3/viz", VERSION="1.3"))
        g = networkx.MultiDiGraph(networkx.read_gexf(name))
    else:
        g = networkx.read_graphml(name, force_multigraph=True)
        more["graph"] = {k: v for k, v in g.graph.items() if isinstance(v, (str, int))}
    nodes = list(g.nodes)
    for a, b, key, data in g.edges(keys=True, data=True):
        edges.append([str(data.get("id", key)), a, b, data["type"]])
        for word in ("start", "end"):
            if word in data:
                more.setdefault(word, {})[str(data.get("id", key))] = data[word]
elif library == "igraph":
    import igraph

    g = igraph.Graph.Read_GraphML(name)
    nodes = g.vs["id"]
    edges = [[e["id"], g.vs[e.source]["id"], g.vs[e.target]["id"], e["type"]] for e in g.es]
    more["directed"] = g.is_directed()
elif library == "openpyxl":
    import openpyxl

    book = openpyxl.load_workbook(name)
    for sheet in book:
        more[sheet.title] = {
            "frozen": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
            "formulas": sum(cell.data_type == "f" for row in sheet for cell in row),
            "dates": sum(cell.is_date for row in sheet for cell in row),
            "numbers": sum(cell.data_type == "n" and cell.value is not None for row in sheet for cell in row),
        }
    nodes = [row[1] for row in book["Records"].iter_rows(min_row=2, values_only=True)]
    rows = list(book["Links"].iter_rows(values_only=True))
    edges = [[None, *(row[rows[0].index(head)] for head in ("from", "to", "type"))] for row in rows[1:]]
elif library == "rdflib":
    import rdflib

    g = rdflib.Graph()
    g.parse(name, format="json-ld")
    schema, lg = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("urn:lotigraph:term:")
    nodes = [str(o) for o in g.objects(None, schema.identifier)]
    edges = [[str(s), str(g.value(s, lg["from"])), str(g.value(s, lg.to)), str(t)] for s, t in g.subject_objects(lg.linkType)]
    org = rdflib.Namespace("http://www.w3.org/ns/org#")
    more = {
        "memberships": len(list(g.subjects(rdflib.RDF.type, org.Membership))),
        "quotations": len(list(g.subjects(rdflib.RDF.type, schema.Quotation))),
        "worksFor": sorted([str(a), str(b)] for a, b in g.subject_objects(schema.worksFor)),
        "licence": [str(o) for o in g.objects(None, schema.license)],
    }
json.dump({"nodes": nodes, "edges": edges, "more": more}, sys.stdout)
