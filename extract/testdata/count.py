#!/usr/bin/env python3
"""Count, for each reading rule, how often what it found is right by the gold.

usage: count.py SCORER GOLD_DIR PREDICTIONS.jsonl > confidence.csv

SCORER is the shared score.py, whose notion of "the same" is used. PREDICTIONS has
readings with their explanations, one object per text. A link that the gold calls
inferred counts half: a reader would guess it, the words do not say it.
"""
import collections, csv, importlib.util, json, os, sys

spec = importlib.util.spec_from_file_location("score", sys.argv[1])
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)

LIST = {"BOROUGH": "boroughs", "PARTNER": "organisations", "PROJECT": "projects"}
right, seen = collections.Counter(), collections.Counter()
for line in open(sys.argv[3], encoding="utf-8"):
    read = json.loads(line)
    gold = json.load(open(os.path.join(sys.argv[2], read["file"] + ".json"), encoding="utf-8"))
    for name in read["explain"]["names"]:
        kind = name["kind"]
        if kind == "PERSON":
            ok = any(score.same(g["name"], name["name"], person=True) for g in gold["people"])
        else:
            ok = any(score.same(g, name["name"], loose=kind == "PROJECT") for g in gold[LIST[kind]])
        seen[name["rule"]] += 1
        right[name["rule"]] += ok
    for link in read["explain"]["links"]:
        seen[link["rule"]] += 1
        strength = [g.get("strength") for g in gold["relations"] if score.rel_same(g, link)]
        right[link["rule"]] += 1 if "explicit" in strength else 0.5 if strength else 0
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["rule", "right", "seen"])
for rule in sorted(seen):
    out.writerow([rule, f"{right[rule]:g}", seen[rule]])
