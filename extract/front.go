package extract

import (
	"fmt"
	"strings"

	"lotigraph/record"
)

// field is a line of the front matter.
type field struct {
	key, value string
	span       record.Span // of the value
	line       int         // from 1
}

// frontMatter reads the lines between two lines of three hyphens at the head
// of the text. The span covers both of those lines; it is empty when the text
// has no front matter. What cannot be read is a problem and is passed over.
func frontMatter(body string) (fields []field, span record.Span, problems []error) {
	const fence = "---"
	lines := cutLines(body, record.Span{End: len(body)})
	if len(lines) < 2 || lines[0].Start != 0 || lines[0].Of(body) != fence {
		return nil, record.Span{}, nil
	}
	end := -1
	for i, l := range lines[1:] {
		if l.Of(body) == fence {
			end = i + 1
			break
		}
	}
	if end < 0 {
		if _, _, ok := cutField(lines[1].Of(body)); !ok {
			return nil, record.Span{}, nil // a rule drawn above the text
		}
		problems = append(problems, frontProblem(1, "the front matter is not closed; put a line of three hyphens behind it"))
		for end = 1; end < len(lines)-1 && !lines[end].blank(); end++ {
		}
	}
	for i, l := range lines[1:end] {
		text := l.Of(body)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		key, value, ok := cutField(text)
		if !ok {
			problems = append(problems, frontProblem(i+2, "%q is not a line of front matter; write a name, a colon and a value", text))
			continue
		}
		start := l.End - len(value)
		value = strings.TrimRight(value, `"'`)
		trimmed := strings.TrimLeft(value, `"'`)
		start += len(value) - len(trimmed)
		fields = append(fields, field{key, trimmed, record.Span{Start: start, End: start + len(trimmed)}, i + 2})
	}
	return fields, record.Span{End: lines[end].End}, problems
}

// cutField cuts "key: value". A key is one word.
func cutField(s string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(s, ":")
	key = strings.ToLower(strings.TrimSpace(key))
	if !ok || key == "" || strings.ContainsAny(key, " \t") {
		return "", "", false
	}
	return key, strings.TrimSpace(value), true
}

func frontProblem(line int, format string, args ...any) error {
	return record.Invalid(fmt.Sprintf("line %d", line), format, args...)
}

// applyFront puts the front matter into the reading.
func (r *Reading) applyFront(fields []field) (title, byline record.Span) {
	for _, f := range fields {
		if f.value == "" {
			continue
		}
		var err error
		switch f.key {
		case "url", "link", "address":
			r.URL = f.value
		case "title":
			title = f.span
		case "author", "byline", "by":
			byline = f.span
		case "date":
			var d record.PartialDate
			if d, err = record.ParsePartialDate(f.value); err != nil {
				if spoken, ok := spokenDate(f.value); ok {
					d, err = spoken, nil
				}
			}
			r.Date = d
		case "form":
			r.Form, err = record.ParseForm(f.value)
		case "visibility":
			r.Visibility, err = record.ParseVisibility(f.value)
		}
		if err != nil {
			r.Problems = append(r.Problems, record.Under(fmt.Sprintf("line %d", f.line), err))
		}
	}
	return title, byline
}
