package index

import "strings"

// Some words are written as one or as two: "weeknote" and "week note".

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// parted is a word as two, where both are known: "city tools" for "citytools",
// "c 19" for "c19".
func (r *run) parted(word string) (string, error) {
	best, least := "", 0
	for i := 1; i < len(word); i++ {
		if digits := isDigit(word[i-1]) != isDigit(word[i]); !digits && (i < 3 || len(word)-i < 3) {
			continue
		}
		first, err := r.scope.seenIn(r.ctx, wordField, word[:i], knownLimit)
		if err != nil {
			return "", err
		}
		second, err := r.scope.seenIn(r.ctx, wordField, word[i:], knownLimit)
		if err != nil {
			return "", err
		}
		if n := min(first, second); n > least {
			best, least = word[:i]+" "+word[i:], n
		}
	}
	if best != "" {
		if found, err := r.foundBy(&clause{text: best}); err != nil || found > 0 {
			return best, err
		}
		both := strings.Replace(best, " ", " and ", 1) // "barkingdagenham"
		if found, err := r.foundBy(&clause{text: both}); err != nil || found > 0 {
			return both, err
		}
	}
	return best, nil
}

// joinWords searches for two words that stand side by side as one where that is
// known, and tells whether that finds something: "weeknote" for "week note".
func (r *run) joinWords() (bool, error) {
	words, text := r.words, r.didYouMean
	parts := words.parts()
	kids, joined := make([]*node, 0, len(parts)), false
	for i := 0; i < len(parts); i++ {
		both, err := r.asOne(parts[i:])
		if err != nil {
			return false, err
		}
		if both == nil {
			kids = append(kids, parts[i])
			continue
		}
		kids, joined = append(kids, both), true
		i++
	}
	if !joined {
		return false, nil
	}
	if r.words = kids[0]; len(kids) > 1 {
		r.words = &node{op: andOf, kids: kids}
	}
	if r.suggestText(); r.didYouMean != "" {
		if err := r.collect(); err != nil || r.collector.total > 0 {
			return true, err
		}
	}
	r.words, r.didYouMean = words, text
	return false, nil
}

// asOne is the first two parts as one word, nil where they are none.
func (r *run) asOne(parts []*node) (*node, error) {
	if len(parts) < 2 || !parts[0].singleWord() || !parts[1].singleWord() {
		return nil, nil
	}
	first, second := parts[0].clause, parts[1].clause
	one := asIs.terms(first.text)[0] + asIs.terms(second.text)[0]
	known, err := r.scope.seenIn(r.ctx, wordField, one, 1)
	if err != nil || known == 0 {
		return nil, err
	}
	return &node{op: isClause, clause: &clause{text: first.text + " " + second.text, fixes: []string{one}}}, nil
}

// isHalf tells whether the clause makes one word with the one beside it.
func (r *run) isHalf(c *clause) (bool, error) {
	parts := r.words.parts()
	for i := range parts[:len(parts)-1] {
		if parts[i].clause != c && parts[i+1].clause != c {
			continue
		}
		if one, err := r.asOne(parts[i:]); err != nil || one != nil {
			return one != nil, err
		}
	}
	return false, nil
}

// singleWord tells whether the node is one word as it was typed.
func (n *node) singleWord() bool {
	return n.op == isClause && !n.clause.quoted && !n.clause.prefix && len(asIs.terms(n.clause.text)) == 1
}
