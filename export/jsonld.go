package export

import (
	"encoding/json"
	"fmt"
	"strings"

	"lotigraph/record"
)

// ldContext says what the words of the linked data mean. Words of schema.org are
// the plain ones; those of the organization ontology begin with org, and those
// that neither has with lg.
const ldContext = `{"@vocab":"https://schema.org/","org":"http://www.w3.org/ns/org#","lg":"urn:lotigraph:term:",` +
	`"url":{"@type":"@id"},"licence":{"@id":"license"},"from":{"@id":"lg:from","@type":"@id"},"to":{"@id":"lg:to","@type":"@id"},` +
	`"linkType":"lg:linkType","status":"lg:status","confidence":"lg:confidence","holds":"lg:holds","sector":"lg:sector","onsCode":"lg:onsCode",` +
	`"lens":"lg:lens","filter":"lg:filter","leftOut":"lg:leftOut",` +
	`"member":{"@id":"org:member","@type":"@id"},"organization":{"@id":"org:organization","@type":"@id"},` +
	`"memberOf":{"@type":"@id"},"worksFor":{"@type":"@id"},"funder":{"@type":"@id"},"fundedItem":{"@type":"@id"},"author":{"@type":"@id"},"mentions":{"@type":"@id"},"isPartOf":{"@type":"@id"},` +
	`"headOf":{"@id":"org:headOf","@type":"@id"},"originalOrganization":{"@id":"org:originalOrganization","@type":"@id"},"resultingOrganization":{"@id":"org:resultingOrganization","@type":"@id"}}`

// linkedLink is how a link type is said in linked data: what the link itself is,
// which of its words name the two ends, and the plain statement between them,
// which is made of links that hold.
type linkedLink struct {
	types     []string
	from, to  string
	statement string
	inverse   bool // the statement is one of the to end
}

func linked(t record.LinkType) linkedLink {
	membership := linkedLink{types: []string{"org:Membership", "Role"}, from: "member", to: "organization", statement: "memberOf"}
	switch t {
	case record.WorksFor:
		membership.statement = "worksFor"
	case record.Leads:
		membership.statement = "headOf"
	case record.FundedBy:
		return linkedLink{types: []string{"Grant"}, from: "fundedItem", to: "funder", statement: "funder"}
	case record.Authored:
		return linkedLink{types: []string{"Role"}, statement: "author", inverse: true}
	case record.Mentions:
		return linkedLink{types: []string{"Role"}, statement: "mentions"}
	case record.SucceededBy:
		return linkedLink{types: []string{"org:ChangeEvent"}, from: "originalOrganization", to: "resultingOrganization"}
	}
	return membership
}

// linkedTypes are what a record is.
func linkedTypes(n record.Node) []string {
	switch n.Kind() {
	case record.BoroughKind:
		return []string{"GovernmentOrganization", "org:FormalOrganization"}
	case record.ProjectKind:
		return []string{"Project", "org:OrganizationalCollaboration"}
	case record.PersonKind:
		return []string{"Person"}
	case record.PartnerKind:
		return []string{"Organization", "org:Organization"}
	}
	switch n.Weeknote.Form {
	case record.FormPage:
		return []string{"WebPage"}
	case record.FormNews:
		return []string{"NewsArticle"}
	case record.FormDeck:
		return []string{"PresentationDigitalDocument"}
	case record.FormReport:
		return []string{"Report"}
	}
	return []string{"BlogPosting"}
}

// jsonLD writes a document with its context inside and one graph: the dataset,
// the records, the links. A reader joins what is said of one address in several
// places.
func jsonLD(e *exporter) error {
	fmt.Fprintf(e.w, "{\"@context\":%s,\n\"@graph\":[\n", ldContext)
	if err := e.put(e.dataset()); err != nil {
		return err
	}
	err := putAll(e, false, e.nodes(), func(n record.Node) (any, error) { return e.linkedNode(n), nil })
	if err != nil {
		return err
	}
	err = putAll(e, false, e.links(), func(l record.Link) (any, error) {
		holds, err := e.holds(l)
		return e.linkedLink(seen{l, holds}), err
	})
	if err != nil {
		return err
	}
	fmt.Fprint(e.w, ",\n")
	if err := e.put(members{{"@id", e.datasetAddress()}, {"leftOut", e.counts.LeftOut}}); err != nil {
		return err
	}
	_, err = fmt.Fprint(e.w, "\n]}\n")
	return err
}

func (e *exporter) datasetAddress() string {
	if e.o.PublicURL == "" {
		return "urn:lotigraph:dataset"
	}
	return e.o.PublicURL + "/"
}

// dataset is what the export says of itself.
func (e *exporter) dataset() members {
	m := members{{"@id", e.datasetAddress()}, {"@type", "Dataset"}}
	for _, p := range e.about() {
		switch p.name {
		case "title":
			m = append(m, member{"name", p.value})
		case "address":
			m = append(m, member{"url", p.value})
		case "dataVersion":
			m = append(m, member{"version", p.value})
		case "exported":
			m = append(m, member{"dateModified", p.value})
		case "licence":
			m = append(m, member{"licence", reference(p.value)})
		default:
			m = append(m, member{p.name, p.value})
		}
	}
	return m
}

// reference is an address as one, and anything else as text.
func reference(s string) any {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return members{{"@id", s}}
	}
	return s
}

func (e *exporter) linkedNode(n record.Node) members {
	name := "name"
	if n.Weeknote != nil {
		name = "headline"
	}
	m := members{{"@id", e.o.address(string(n.ID))}, {"@type", linkedTypes(n)}, {"identifier", string(n.ID)}, {name, n.Name}, {"description", n.Summary}, {"url", n.URL}}
	if len(n.Aliases) > 0 {
		m = append(m, member{"alternateName", n.Aliases})
	}
	start, end := period(n)
	switch {
	case n.Weeknote != nil:
		m = append(m, member{"datePublished", start.String()}, member{"creditText", n.Weeknote.Byline})
	case n.Project != nil:
		m = append(m, member{"foundingDate", start.String()}, member{"dissolutionDate", end.String()}, member{"status", n.Project.Status})
		if len(n.Project.Themes) > 0 {
			m = append(m, member{"keywords", n.Project.Themes})
		}
	case n.Borough != nil:
		m = append(m, member{"onsCode", n.Borough.ONSCode})
	case n.Partner != nil:
		m = append(m, member{"sector", n.Partner.Sector})
	}
	return m
}

// linkedLink is a link with its ends in the words of its type and in ours, what
// says it, and, inside, the plain statement that it makes while it holds.
func (e *exporter) linkedLink(l seen) members {
	how := linked(l.Type)
	from, to := e.o.address(string(l.From)), e.o.address(string(l.To))
	m := members{{"@id", e.o.address(l.ID)}, {"@type", how.types}, {"linkType", l.Type.String()}}
	var fromValue, toValue any = from, to
	if how.statement != "" && l.Status == record.Confirmed && (l.Until.IsZero() || l.holds == "certainly") {
		if how.inverse {
			toValue = members{{"@id", to}, {how.statement, from}}
		} else {
			fromValue = members{{"@id", from}, {how.statement, to}}
		}
	}
	m = append(m, member{"from", fromValue}, member{"to", toValue})
	if how.from != "" {
		m = append(m, member{how.from, from}, member{how.to, to})
	}
	m = append(m, member{"roleName", l.Role}, member{"startDate", l.Since.String()}, member{"endDate", l.Until.String()},
		member{"status", string(l.Status)}, member{"confidence", l.Confidence}, member{"holds", l.holds})
	var quotes []json.Marshaler
	for _, ev := range l.Evidence {
		quotes = append(quotes, members{{"@type", "Quotation"}, {"text", ev.Quote}, {"isPartOf", e.o.address(string(ev.Text))}})
	}
	if quotes != nil {
		m = append(m, member{"subjectOf", quotes})
	}
	return m
}
