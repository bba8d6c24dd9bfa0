package extract

import (
	"strings"

	"lotigraph/record"
)

// Facts is a reading in the shape in which readings are compared and printed:
// names instead of positions, one relation for each subject, predicate and
// object.
type Facts struct {
	File          string         `json:"file"`
	Title         string         `json:"title"`
	Number        *int           `json:"number"`
	Date          *string        `json:"date"`
	Author        *string        `json:"author"`
	Boroughs      []string       `json:"boroughs"`
	People        []PersonFact   `json:"people"`
	Organisations []string       `json:"organisations"`
	Projects      []string       `json:"projects"`
	Relations     []RelationFact `json:"relations"`
	Problems      []string       `json:"problems,omitempty"`
	Explain       *Explanation   `json:"explain,omitempty"`
}

// PersonFact is somebody a text names, with the job it states.
type PersonFact struct {
	Name         string  `json:"name"`
	Role         *string `json:"role"`
	Organisation *string `json:"organisation"`
}

// RelationFact is a link that a text says, by names. The object of AUTHORED is
// the title of the text.
type RelationFact struct {
	Subject    string   `json:"subject"`
	Predicate  string   `json:"predicate"`
	Object     string   `json:"object"`
	Role       string   `json:"role,omitempty"`
	Since      string   `json:"since,omitempty"` // a date, perhaps in part
	Until      string   `json:"until,omitempty"`
	Quote      string   `json:"quote"`
	Rule       string   `json:"rule,omitempty"`
	Confidence float64  `json:"confidence,omitempty"`
	Counted    *int     `json:"counted,omitempty"` // on how many finds of the rule the confidence rests
	Because    []Reason `json:"because,omitempty"` // of a link that was weighed: what spoke for it and against it
}

// Facts are what the reading found, by names. The file is named without its
// ending.
func (r Reading) Facts(file string) Facts {
	base := baseName(file)
	if dot := strings.LastIndexByte(base, '.'); dot > 0 {
		base = base[:dot]
	}
	f := Facts{File: base, Title: r.Title, Date: optional(r.Date.String()), Author: optional(r.Byline),
		Boroughs: []string{}, People: []PersonFact{}, Organisations: []string{}, Projects: []string{}, Relations: []RelationFact{}}
	if r.Number > 0 {
		f.Number = &r.Number
	}
	for i, found := range r.Found {
		switch found.Kind {
		case record.BoroughKind:
			f.Boroughs = append(f.Boroughs, found.Name)
		case record.PartnerKind:
			f.Organisations = append(f.Organisations, r.nameOf(i))
		case record.ProjectKind:
			f.Projects = append(f.Projects, r.nameOf(i))
		case record.PersonKind:
			f.People = append(f.People, r.personFact(i))
		}
	}
	seen := make(map[[3]string]bool)
	for _, rel := range r.Relations {
		fact := r.relationFact(rel)
		if key := [3]string{fact.Subject, fact.Predicate, fact.Object}; !seen[key] {
			seen[key] = true
			f.Relations = append(f.Relations, fact)
		}
	}
	for _, err := range r.Problems {
		f.Problems = append(f.Problems, err.Error())
	}
	return f
}

// personFact is the person found at position i with the job stated.
func (r Reading) personFact(i int) PersonFact {
	fact := PersonFact{Name: r.Found[i].Name, Role: optional(r.Found[i].Role)}
	var employers []string
	for _, rel := range r.Relations {
		if rel.Type == record.WorksFor && rel.From == i {
			if name := r.nameOf(rel.To); len(employers) == 0 || employers[len(employers)-1] != name {
				employers = append(employers, name)
			}
		}
	}
	fact.Organisation = optional(strings.Join(employers, "; "))
	return fact
}

func (r Reading) relationFact(rel Relation) RelationFact {
	object := r.Title
	if rel.To != SelfText {
		object = r.nameOf(rel.To)
	}
	return RelationFact{Subject: r.nameOf(rel.From), Predicate: rel.Type.String(), Object: object, Role: rel.Role,
		Since: rel.Since.String(), Until: rel.Until.String(), Quote: rel.Span.Of(r.Text.Body)}
}

// nameOf is the name of the thing found at position i. A known project that the
// text calls otherwise goes by the fullest name in the text, so that the facts
// can be checked against the text alone; so does an organisation, other than a
// public body, whose abbreviation stands for its official name ("UCL").
func (r Reading) nameOf(i int) string {
	found := r.Found[i]
	switch {
	case found.Kind == record.ProjectKind && found.ID != "":
	case found.Kind == record.PartnerKind && !isPublicBody(found):
		return r.printedName(found)
	default:
		return found.Name
	}
	longest := ""
	for _, span := range found.Spans {
		printed := span.Of(r.Text.Body)
		if record.Fold(printed) == record.Fold(found.Name) {
			return found.Name
		}
		if len(printed) > len(longest) && !isAcronym(printed) {
			longest = printed
		}
	}
	if longest == "" {
		return found.Name
	}
	return strings.Join(strings.Fields(longest), " ")
}

// printedName is the fullest of the names by which a text calls a body.
func (r Reading) printedName(found Found) string {
	longest := ""
	for _, span := range found.Spans {
		printed := span.Of(r.Text.Body)
		if record.Fold(printed) == record.Fold(found.Name) {
			return found.Name
		}
		if len(printed) > len(longest) {
			longest = printed
		}
	}
	return strings.Join(strings.Fields(longest), " ")
}

// isPublicBody tells whether a body is one of government, whose abbreviation is
// well known.
func isPublicBody(found Found) bool {
	switch found.Sector {
	case "central government", "local government", "regional government":
		return true
	}
	return record.Fold(found.Name) == "london office of technology and innovation"
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Explanation says which rule found what, and how sure it is.
type Explanation struct {
	Names []NameFact     `json:"names"`
	Links []RelationFact `json:"links"`
}

// NameFact is a name found, with the rule that found it.
type NameFact struct {
	Kind       string    `json:"kind"`
	ID         record.ID `json:"id,omitempty"`
	Name       string    `json:"name"`
	Aliases    []string  `json:"aliases,omitempty"`
	Places     int       `json:"places"`
	Rule       string    `json:"rule"`
	Confidence float64   `json:"confidence"`
	Counted    int       `json:"counted"` // on how many finds of the rule the confidence rests
}

// Explain are the facts with the rule behind each name and link.
func (r Reading) Explain(file string) Facts {
	f := r.Facts(file)
	f.Explain = &Explanation{Names: []NameFact{}, Links: []RelationFact{}}
	for _, found := range r.Found {
		f.Explain.Names = append(f.Explain.Names, NameFact{found.Kind.String(), found.ID, found.Name, found.Aliases, len(found.Spans), found.Rule, found.Confidence, ruleCounts()[found.Rule].seen})
	}
	for _, rel := range r.Relations {
		fact := r.relationFact(rel)
		seen := ruleCounts()[rel.Rule].seen
		fact.Rule, fact.Confidence, fact.Counted, fact.Because = rel.Rule, rel.Confidence, &seen, rel.Because
		f.Explain.Links = append(f.Explain.Links, fact)
	}
	return f
}
