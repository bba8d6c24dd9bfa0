package graph

import (
	"strings"

	"lotigraph/record"
)

// pair is a key with its value; derived keys mostly have none.
type pair struct {
	key   tuple
	value []byte
}

// nodeKeys are the derived keys of a record: a function of it and nothing else.
func nodeKeys(n ref, node *record.Node) []pair {
	if node == nil {
		return nil
	}
	var keys []pair
	add := func(key tuple, value []byte) { keys = append(keys, pair{key, value}) }
	w := node.Weeknote
	if w != nil { // even a withdrawn text keeps its source: it must not come back as a new one
		add(sourceKey(w.Source), number(n))
	}
	if node.Withdrawn {
		return keys
	}
	seen := map[string]bool{}
	for i, name := range lookupNames(node) {
		folded := record.Fold(name)
		if folded == "" || seen[folded] {
			continue
		}
		seen[folded] = true
		add(namePrefix(folded).num(n), []byte{byte(min(i, isAlias))})
	}
	for _, part := range nameParts(node) {
		if !seen[part] {
			seen[part] = true
			add(namePrefix(part).num(n), []byte{isPart})
		}
	}
	if w != nil {
		for _, u := range w.Unknown {
			add(unknownPrefix(u.Kind, record.Fold(u.Name)).num(n), nil)
		}
	}
	add(orderPrefix(node.Kind()).str(record.Fold(node.Name)).num(n), nil)
	if w != nil {
		add(datedKey(w.Date, n), nil)
	}
	if guarded(node) {
		add(guardedKey(n), nil)
	}
	return keys
}

// How a record goes by a name, as the name table has it: better ones are lower.
const (
	isName  = iota // it is the name
	isAlias        // it is another name of it
	isPart         // it is a person's first or last name
)

// nameParts are a person's first and last name, folded: colleagues are looked
// for by those.
func nameParts(node *record.Node) []string {
	if node.Kind() != record.PersonKind {
		return nil
	}
	words := strings.Fields(record.Fold(node.Name))
	if len(words) < 2 {
		return nil
	}
	return []string{words[0], words[len(words)-1]}
}

// lookupNames are what a record is found by: its name, its aliases, and a
// borough's ONS code.
func lookupNames(node *record.Node) []string {
	names := node.Names()
	if node.Borough != nil {
		names = append(names, node.Borough.ONSCode)
	}
	return names
}

// guarded tells whether it takes a look to know who may see the record.
func guarded(node *record.Node) bool {
	if node.Weeknote != nil {
		return node.Weeknote.Visibility != record.Public
	}
	return node.Kind() != record.BoroughKind && node.Stated != record.Public
}

// edgeKeys are the derived keys of a link: a function of it and nothing else.
func edgeKeys(l ref, e *edge) []pair {
	if e == nil {
		return nil
	}
	// Pairs and proofs are kept of withdrawn links too: what was taken back must
	// be met again when it is proposed again.
	keys := []pair{{pairPrefix(e.From, e.Type, e.To).num(l), nil}}
	seen := map[ref]bool{}
	for _, p := range e.Proofs {
		if !seen[p.Text] {
			seen[p.Text] = true
			keys = append(keys, pair{proofPrefix(p.Text).num(l), nil})
		}
	}
	if e.Withdrawn || e.Status == record.Rejected {
		return keys
	}
	at := newestFirst(e.Since)
	keys = append(keys,
		pair{nearPrefix(e.From, record.Out, e.Type).num(at).num(l), nil},
		pair{nearPrefix(e.To, record.In, e.Type).num(at).num(l), nil})
	if e.Status == record.Proposed {
		keys = append(keys, pair{waitingKey(l), nil})
	}
	return keys
}

// rulingKeys are the derived keys of a ruling: a function of it and nothing else.
func rulingKeys(r ref, ru *ruling) []pair {
	if ru == nil || ru.Withdrawn {
		return nil
	}
	switch ru.Sort {
	case record.Same:
		return []pair{{mergedPrefix(ru.From).num(ru.To).num(r), nil}, {heldPrefix(ru.To).num(ru.From).num(r), nil}}
	case record.Distinct:
		return []pair{{distinctPrefix(ru.From, ru.To).num(r), nil}}
	case record.Doubt:
		return []pair{{doubtPrefix(ru.Link).num(r), nil}}
	}
	return []pair{{noRecordPrefix(ru.Kind, record.Fold(ru.Name)).num(r), nil}}
}
