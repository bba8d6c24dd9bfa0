package index

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// Some words mean what a field would say.

// word is the folded word at a place in the list, "" for what is none.
func (p *parser) word(i int) string {
	if i < len(p.list) && p.list[i].sort == wordToken {
		return record.Fold(p.list[i].text)
	}
	return ""
}

// formCalled is the form of text that a folded word calls, in the singular or the
// plural.
func formCalled(word string) (record.Form, bool) {
	for _, f := range record.Forms() {
		if word == f.Label() || word == f.Label()+"s" {
			return f, true
		}
	}
	return "", false
}

// newestFirst reads "latest weeknotes" and "most recent blog": a form of text, the
// newest first.
func (p *parser) newestFirst() {
	n := 1
	if p.word(0) == "most" {
		n = 2
	}
	if w := p.word(n - 1); w != "latest" && w != "newest" && w != "recent" {
		return
	}
	form, ok := formCalled(p.word(n))
	if !ok {
		return
	}
	p.q.newest = true
	if slices.ContainsFunc(p.list[n+1:], func(t token) bool { _, ok := formMeant(t.text); return ok && t.sort == wordToken }) {
		p.list = p.list[n:] // "latest blogs and weeknotes": of several, see eitherForm
		return
	}
	field := token{sort: fieldToken, key: ByForm, text: form.Label(), span: p.list[n].span}
	p.list = append([]token{field}, p.list[n+1:]...)
}

// writtenBy reads "weeknotes by eddie": texts that somebody wrote. Where nobody is
// called so, the words are words.
func (p *parser) writtenBy() {
	for i := 1; i+1 < len(p.list); i++ {
		_, form := formCalled(p.word(i - 1))
		if p.word(i) != "by" || !form && p.word(i-1) != "written" {
			continue
		}
		n := 0 // words of the name
		for n < maxAuthor && p.word(i+1+n) != "" && !dropped[p.word(i+1+n)] {
			n++
		}
		if n == 0 {
			return
		}
		var name []string
		for _, t := range p.list[i+1 : i+1+n] {
			name = append(name, t.text)
		}
		field := token{sort: fieldToken, key: ByAuthor, soft: true, text: strings.Join(name, " "), span: p.list[i].span}
		p.list = append(append(p.list[:i:i], field), p.list[i+1+n:]...)
		return
	}
}

// maxAuthor is how many words of a name are read behind "by".
const maxAuthor = 3
