package graph

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"sync"

	"lotigraph/record"
)

// textFacts is what of a text decides about the links that it proves.
type textFacts struct {
	weeknote  bool
	withdrawn bool
	version   int
	visible   record.Visibility
	day       packed
}

func factsOf(node *record.Node) textFacts {
	w := node.Weeknote
	if w == nil {
		return textFacts{}
	}
	return textFacts{true, node.Withdrawn, w.Version, w.Visibility, pack(w.Date)}
}

// bitsOf is a record without what the texts that name it say.
func bitsOf(node *record.Node) nodeBits {
	bits := nodeBits(node.Kind())
	if node.Withdrawn {
		return bits
	}
	for c := range clearance(clearances) {
		w := c.lens().Viewer
		switch {
		case node.Weeknote != nil:
			if w.Sees(node.Weeknote.Visibility) {
				bits.see(c)
			}
		case !guarded(node), w.Sees(record.Staff), node.Stated != 0 && w.Sees(node.Stated):
			bits.see(c)
		}
	}
	if node.Weeknote == nil && guarded(node) {
		bits |= bitGuarded
	}
	return bits
}

// edgeFacts is what the arrays need of a link; reading no more is much faster.
type edgeFacts struct {
	Type      record.LinkType    `json:"y"`
	From      ref                `json:"f"`
	To        ref                `json:"t"`
	Role      string             `json:"r,omitempty"`
	Since     record.PartialDate `json:"s,omitzero"`
	Until     record.PartialDate `json:"u,omitzero"`
	Status    record.LinkStatus  `json:"a"`
	Proofs    []proofFacts       `json:"e"`
	Withdrawn bool               `json:"w,omitempty"`

	roles map[string]string // those that were read before, so that each is kept once
	shown []proofBits       // of the texts that stand, when it was judged
}

// says is what the link says, once it was judged; good until the next one is.
func (e *edgeFacts) says() saying { return saying{e.Role, e.shown} }

type proofFacts struct {
	Text    ref `json:"t"`
	Version int `json:"v"`

	Superseded bool `json:"x,omitempty"`
}

func (e *edgeFacts) stands() bool { return !e.Withdrawn && e.Status != record.Rejected }

// judge is a standing link as each clearance sees it, the same as Snapshot.look
// sees it. The dates of evidence do not count: they tell whether a link holds
// possibly or certainly, not whether it shows.
func (s *Snapshot) judge(at ref, e *edgeFacts, text func(ref) (textFacts, error)) (l link16, err error) {
	if at > math.MaxUint32 || e.To > math.MaxUint32 || e.From > math.MaxUint32 {
		return l, fmt.Errorf("%s is beyond what the arrays in memory can hold", linkID(at))
	}
	l = link16{to: uint32(e.To), link: uint32(at), a: uint32(e.Type)<<typeShift | uint32(pack(e.Since)), b: uint32(pack(e.Until))}
	if e.Status == record.Proposed {
		l.a |= bitProposed
	}
	var seen, sourced [clearances]int
	e.shown = e.shown[:0]
	for _, p := range e.Proofs {
		facts, err := text(p.Text)
		if err != nil {
			return l, err
		}
		if p.Superseded {
			l.a |= bitSuperseded
		}
		shown := proofOfText(p.Text)
		for c := range clearance(clearances) {
			sees, err := s.seesVersion(c.lens().Viewer, p.Text, &record.Weeknote{Version: facts.version, Visibility: facts.visible}, p.Version)
			if err != nil {
				return l, err
			}
			if !sees {
				continue
			}
			seen[c]++
			if !facts.withdrawn {
				sourced[c]++
				shown.see(c)
			}
		}
		if !facts.withdrawn {
			e.shown = append(e.shown, shown)
		}
	}
	standing := len(e.shown)
	if standing > 0 {
		l.a |= bitSourced
	}
	for c := range clearance(clearances) {
		if seen[c] == 0 || standing > 0 && sourced[c] == 0 {
			continue
		}
		l.b |= 1 << (shownShift + uint32(c))
		if seen[c] < len(e.Proofs) && !e.Type.Derived() {
			l.b |= 1 << (bareShift + uint32(c))
		}
	}
	return l, nil
}

// buildAdjacency reads every record and every link.
func (s *Snapshot) buildAdjacency(ctx context.Context) (*adjacency, error) {
	nodes, texts, err := s.readNodes(ctx)
	if err != nil {
		return nil, err
	}
	last, _, err := loadNumber(s.view, metaKey(metaNextLink))
	if err != nil {
		return nil, err
	}
	text := func(n ref) (textFacts, error) {
		if n >= ref(len(texts)) || !texts[n].weeknote {
			return textFacts{}, fmt.Errorf("text %d: %w", n, errMissing)
		}
		return texts[n], nil
	}
	var parts [builders]*gathered
	err = inParts(last, func(i int, first, last ref) error {
		parts[i] = &gathered{nodes: nodes}
		return s.readLinks(ctx, parts[i], first, last, text)
	})
	if err != nil {
		return nil, err
	}
	days := make([]packed, len(texts))
	for h, t := range texts {
		days[h] = t.day
	}
	a, err := newAdjacency(nodes, days, parts[:]...)
	if err != nil {
		return nil, err
	}
	for h := range a.nodes {
		a.judgeNode(Handle(h))
	}
	return a, nil
}

// builders is how many read side by side.
const builders = 4

// inParts does something with the refs from 1 to last, in parts side by side, each
// from its first to its last. To be stopped is no error.
func inParts(last ref, do func(part int, first, last ref) error) error {
	var errs [builders]error
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() {
			errs[i] = ignoreStop(do(i, last*ref(i)/builders+1, last*ref(i+1)/builders))
		})
	}
	group.Wait()
	return cmp.Or(errs[:]...)
}

func (s *Snapshot) readNodes(ctx context.Context) ([]nodeBits, []textFacts, error) {
	last, _, err := loadNumber(s.view, metaKey(metaNextNode))
	if err != nil {
		return nil, nil, err
	}
	if last >= math.MaxUint32 {
		return nil, nil, fmt.Errorf("%d records are more than the arrays in memory can hold", last)
	}
	nodes, texts := make([]nodeBits, last+1), make([]textFacts, last+1)
	errs := inParts(last, func(_ int, first, last ref) error {
		prefix := table(nodeTable)
		return s.view.scan(prefix, nodeKey(first), func(item item) error {
			n, err := lastNum(item.Key(), prefix)
			switch {
			case err != nil:
				return err
			case n > last:
				return errStop
			}
			return cmp.Or(ctx.Err(), item.Value(func(raw []byte) error {
				node, err := readFacts(raw)
				if err == nil {
					nodes[n], texts[n] = bitsOf(node), factsOf(node)
				}
				return err
			}))
		})
	})
	return nodes, texts, errs
}

// readLinks reads the links of a range of refs, both ends included.
func (s *Snapshot) readLinks(ctx context.Context, p *gathered, first, last ref, text func(ref) (textFacts, error)) error {
	prefix := table(linkTable)
	var e edgeFacts
	return s.view.scan(prefix, linkKey(first), func(item item) error {
		at, err := lastNum(item.Key(), prefix)
		switch {
		case err != nil:
			return err
		case at > last:
			return errStop
		}
		if err := item.Value(e.read); err != nil {
			return err
		}
		if !e.stands() {
			return nil
		}
		l, err := s.judge(at, &e, text)
		if err != nil {
			return err
		}
		p.add(uint32(e.From), l, e.says())
		return ctx.Err()
	})
}
