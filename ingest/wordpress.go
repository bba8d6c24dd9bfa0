package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// post is a post as a WordPress site answers it under /wp-json/wp/v2/posts.
type post struct {
	ID      json.Number `json:"id"`
	Link    string      `json:"link"`
	Date    string      `json:"date"`
	Status  string      `json:"status"` // given only to editors; "" means published
	Title   *rendered   `json:"title"`
	Content *rendered   `json:"content"`

	Embedded struct {
		Author []struct {
			Name string `json:"name"`
		} `json:"author"`
	} `json:"_embedded"`
	Yoast struct {
		Author  string `json:"author"`
		OGTitle string `json:"og_title"`
	} `json:"yoast_head_json"`

	// Of an answer that is an error.
	Code    any    `json:"code"`
	Message string `json:"message"`
}

// rendered is markup of a post; a protected one is not shown without a password.
type rendered struct {
	Rendered  string `json:"rendered"`
	Protected bool   `json:"protected"`
}

const aboutPosts = "a .json file is read as the answer of a WordPress site (…/wp-json/wp/v2/posts): posts with link, date, title and content"

// posts reads the answer of a WordPress site: a list of posts, or one.
func posts(f File) (notes []note, problems []Problem) {
	body := bytes.TrimPrefix(f.Body, []byte("\uFEFF"))
	in := json.NewDecoder(bytes.NewReader(body))
	refuse := func(at int, reason string) {
		problems = append(problems, Problem{File: f.Name, Line: lineAt(body, at), Reason: reason})
	}
	list := bytes.HasPrefix(bytes.TrimSpace(body), []byte("["))
	if list {
		in.Token() // the bracket, which is there
	}
	parts := map[string]bool{}
	for n := 0; list && in.More() || !list && n == 0; n++ {
		var p post
		// Where the post begins: behind the comma and the space before it.
		at := int(in.InputOffset())
		for at < len(body) && strings.IndexByte(", \t\r\n", body[at]) >= 0 {
			at++
		}
		if err := in.Decode(&p); err != nil {
			var wrong *json.UnmarshalTypeError
			if errors.As(err, &wrong) {
				refuse(at, fmt.Sprintf("this is no post: %s is not as a WordPress site writes it; %s", first(wrong.Field, "the value"), aboutPosts))
				continue
			}
			refuse(int(in.InputOffset()), jsonFault(err))
			break
		}
		one, reason := p.note()
		switch {
		case reason != "":
			refuse(at, reason)
		case parts[one.Part]:
			refuse(at, fmt.Sprintf("post %s is in this file twice", p.ID))
		default:
			parts[one.Part] = true
			notes = append(notes, one)
		}
	}
	if len(notes)+len(problems) == 0 {
		problems = append(problems, Problem{File: f.Name, Reason: "there are no posts in it"})
	}
	return notes, problems
}

// note is the post as a text; reason says why it is none.
func (p post) note() (n note, reason string) {
	switch {
	case p.Title == nil && p.Content == nil && p.Message != "":
		return n, fmt.Sprintf("the site answered with an error (%v: %s); ask it again", p.Code, p.Message)
	case p.Title == nil || p.Content == nil:
		return n, "this is no post; " + aboutPosts
	case p.Content.Protected || p.Title.Protected:
		return n, fmt.Sprintf("the post %s is protected by a password, so it was not imported", p.name())
	case p.Status != "" && p.Status != "publish":
		return n, fmt.Sprintf("the post %s is not published (its status is %s), so it was not imported", p.name(), p.Status)
	}
	text, err := fragmentText(p.Content.Rendered)
	switch {
	case err != nil:
		return n, fmt.Sprintf("the content of the post %s cannot be read: %v", p.name(), err)
	case text == "":
		return n, fmt.Sprintf("the post %s has no text", p.name())
	}
	n = note{Title: first(inlineText(p.Title.Rendered), p.Yoast.OGTitle), URL: webAddress(p.Link), Date: isoDay(p.Date), Author: p.Yoast.Author}
	if n.Title == "" {
		return n, fmt.Sprintf("the post %s has no title", p.name())
	}
	var authors []string
	for _, a := range p.Embedded.Author {
		if name := inlineText(a.Name); name != "" {
			authors = append(authors, name)
		}
	}
	if authors != nil {
		n.Author = strings.Join(authors, ", ")
	}
	n.Text = withoutTitle(text, n.Title)
	n.Part = first(p.ID.String(), slugOf(n.URL), slugOf(n.Title))
	return n, ""
}

// name is what to call the post in a problem.
func (p post) name() string {
	if p.Link != "" {
		return p.Link
	}
	return p.ID.String()
}

func jsonFault(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "the file ends in the middle; save it again whole"
	}
	return "this is not JSON that can be read: " + err.Error()
}

// lineAt is the line of a byte, from 1.
func lineAt(body []byte, at int) int {
	return 1 + bytes.Count(body[:min(max(at, 0), len(body))], []byte("\n"))
}
