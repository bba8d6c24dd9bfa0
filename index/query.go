package index

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// What may be typed:
//
//	camden playbook     both words, in any order, each in any field
//	"data standards"    the words next to each other, in one field;
//	                    curly quotes do as well; a quote never closed is ignored
//	co-design, R&D      words joined by - . & _ or @ are such a phrase too
//	the playbook        common words ("the", "of") are left out beside others
//
// Every other character parts words. Nothing that is typed is an error: a query
// with no letter or digit in it finds nothing, an empty one everything.
const (
	maxQuery = 10_000 // bytes of a query that are read
	maxWords = 64     // words that are searched for; what follows is not
)

// A clause is a word or phrase that a record must have.
type clause struct {
	text   string
	quoted bool
}

// question is a query's text, understood.
type question struct {
	all     bool   // nothing was typed
	exact   string // the whole, folded as names are
	clauses []clause
}

func parse(text string) question {
	if len(text) > maxQuery {
		text = text[:maxQuery]
	}
	text = strings.ToValidUTF8(text, " ")
	q := question{all: strings.TrimSpace(text) == "", exact: record.Fold(text)}
	for i, part := range splitQuotes(text) {
		if i%2 == 1 {
			q.clauses = append(q.clauses, clause{part, true})
			continue
		}
		for _, chunk := range chunks(part) {
			q.clauses = append(q.clauses, clause{chunk, false})
		}
	}
	q.clauses = tidy(q.clauses)
	return q
}

// splitQuotes parts text at its quotes: what has an odd index was between two.
func splitQuotes(text string) []string {
	isQuote := func(r rune) bool { return strings.ContainsRune("\"“”„‟«»", r) }
	var parts []string
	for {
		i := strings.IndexFunc(text, isQuote)
		if i < 0 {
			break
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		parts = append(parts, text[:i])
		text = text[i+n:]
	}
	parts = append(parts, text)
	if last := len(parts) - 1; last%2 == 1 { // the last quote is never closed
		parts[last-1] += " " + parts[last]
		parts = parts[:last]
	}
	return parts
}

// chunks are the words of text, those that are joined taken together.
func chunks(text string) []string {
	var list []string
	var joined record.Span
	for span := range words(text) {
		if joined.Len() > 0 && strings.Trim(text[joined.End:span.Start], "-‐‑.&_@") == "" {
			joined.End = span.End
			continue
		}
		if joined.Len() > 0 {
			list = append(list, joined.Of(text))
		}
		joined = span
	}
	if joined.Len() > 0 {
		list = append(list, joined.Of(text))
	}
	return list
}

// tidy leaves out what has no word, what is there twice, common words beside
// others, and what goes beyond maxWords.
func tidy(all []clause) []clause {
	common := func(c clause) bool { return !c.quoted && dropped[record.Fold(c.text)] }
	others := slices.ContainsFunc(all, func(c clause) bool { return !common(c) && record.Fold(c.text) != "" })
	var kept []clause
	seen := map[string]bool{}
	left := maxWords
	for _, c := range all {
		terms := asIs.terms(c.text)
		key := strings.Join(terms, " ")
		if key == "" || seen[key] || common(c) && others {
			continue
		}
		seen[key] = true
		if len(terms) > left {
			c.text = firstWords(c.text, left)
		}
		if left -= min(left, len(terms)); c.text != "" {
			kept = append(kept, c)
		}
	}
	return kept
}

func firstWords(text string, n int) string {
	end := 0
	for span := range words(text) {
		if n--; n < 0 {
			break
		}
		end = span.End
	}
	return strings.TrimFunc(text[:end], unicode.IsSpace)
}

// searchIn looks for the clause in one field.
func (c clause) searchIn(ctx context.Context, reader api.IndexReader, f *field, options search.SearcherOptions) (search.Searcher, error) {
	terms := f.words.terms(c.text)
	if len(terms) == 1 {
		return searcher.NewTermSearcher(ctx, reader, terms[0], f.name, 1, options)
	}
	return newPhrase(ctx, reader, terms, f.name, options.IncludeTermVectors)
}

// search looks for the clause in every field.
func (c clause) search(ctx context.Context, reader api.IndexReader) (search.Searcher, error) {
	best := &bestField{}
	for i := range fields {
		s, err := c.searchIn(ctx, reader, &fields[i], search.SearcherOptions{})
		if err != nil {
			best.Close()
			return nil, err
		}
		best.add(s, fields[i].weight)
	}
	return best, nil
}

// searcher finds the documents that have every clause.
func (q question) searcher(ctx context.Context, reader api.IndexReader) (search.Searcher, error) {
	if q.all {
		return searcher.NewMatchAllSearcher(ctx, reader, 1, search.SearcherOptions{})
	}
	if len(q.clauses) == 0 {
		return searcher.NewMatchNoneSearcher(reader)
	}
	var all []search.Searcher
	for _, c := range q.clauses {
		s, err := c.search(ctx, reader)
		if err != nil {
			for _, s := range all {
				s.Close()
			}
			return nil, err
		}
		all = append(all, s)
	}
	return searcher.NewConjunctionSearcher(ctx, reader, all, search.SearcherOptions{})
}

// scoring makes Bleve score with BM25 and the usual lengths of mapping.go.
func scoring(ctx context.Context, documents uint64) context.Context {
	stats := &search.BM25Stats{DocCount: float64(documents), FieldCardinality: map[string]int{}}
	for _, f := range fields {
		stats.FieldCardinality[f.name] = f.usual * int(documents)
	}
	ctx = context.WithValue(ctx, search.BM25StatsKey, stats)
	return context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return api.BM25Scoring }))
}
