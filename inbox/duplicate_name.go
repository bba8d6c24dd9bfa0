package inbox

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lotigraph/record"
)

// profile is a record with its names taken apart.
type profile struct {
	node  record.Node
	names []name
	page  string // its address, without what does not tell two addresses apart
}

// name is a name as it is compared.
type name struct {
	text    string   // as the record has it
	folded  string   // record.Fold of it
	compact string   // the words without spaces
	spelt   string   // the same of those that slips are looked for in: the core; a first and a last name
	words   []string // in their order; numbers as digits, what says nothing of a person left out
	core    []string // sorted, without small and generic words; all of them where none is left
	generic []string // sorted: the words for the sort of thing it is
	numbers []string // sorted: what tells parts of one thing apart
	acronym bool     // it is written like initials
	alias   bool
	own     bool // initials that stand for the record's own name
}

// namer takes names apart. It is not safe for concurrent use.
type namer struct {
	places  map[string]bool     // whose name behind another makes a branch of it
	circles map[string][]int    // first names: the groups of those that one person may go by
	words   map[string]wordSort // words that say little, or much
	digits  map[string]string   // numbers as words
}

// wordSort is what a word is to a name.
type wordSort uint8

const (
	small    wordSort = iota + 1 // has no letter in an abbreviation
	generic                      // says what sort of thing the name is of
	legal                        // the same, of a company
	product                      // what a project has or makes, and not the project
	area                         // the whole of which London is, or London
	compass                      // tells parts of a place apart
	courtesy                     // before or behind a person's name
)

func newNamer() *namer {
	n := &namer{places: map[string]bool{}, circles: map[string][]int{}, words: map[string]wordSort{}, digits: map[string]string{}}
	for i, circle := range strings.Split(firstNames, ";") {
		for _, name := range strings.Fields(circle) {
			n.circles[name] = append(n.circles[name], i)
		}
	}
	for what, words := range map[wordSort]string{
		small:    "the of and for a an in to on at by with",
		legal:    "ltd limited llp plc cic cio inc llc",
		generic:  "council city county borough district metropolitan group company co team project projects programme programmes program pilot pilots initiative scheme",
		product:  "guide guides guidance fund toolkit playbook network standards standard map framework report handbook challenge award awards conference academy board week kit course strategy event workshop foundation trust",
		area:     "london uk gb england britain",
		compass:  "north south east west central inner outer upper lower northern southern eastern western",
		courtesy: "mr mrs ms miss mx dr prof professor sir dame lord lady cllr councillor rev obe mbe cbe phd",
	} {
		for word := range strings.FieldsSeq(words) {
			n.words[word] = what
		}
	}
	for i, words := range strings.Fields("one/first/i two/second/ii three/third/iii four/fourth/iv five/fifth/v six/sixth/vi seven/seventh/vii eight/eighth/viii nine/ninth/ix ten/tenth/x") {
		for word := range strings.SplitSeq(words, "/") {
			n.digits[word] = fmt.Sprint(i + 1)
		}
	}
	return n
}

// firstNames are the common English names with their short forms and spellings.
// One name may belong to several circles: Alex is Alexander or Alexandra.
const firstNames = "alexander alex al sandy xander;alexandra alex sandra lexi;andrew andy drew;anthony antony tony;benjamin ben;" +
	"catherine katherine kathryn katharine catharine kate katie cathy cath kath cat;christopher chris kit;christine christina chris tina;daniel dan danny;danielle dani;" +
	"david dave;deborah debbie deb debra;edward ed eddie ted ned;elizabeth elisabeth liz beth lizzie eliza betty;frances fran;francis frank;" +
	"geoffrey jeffrey geoff jeff;graham graeme;gregory greg;jacob jake;jacqueline jackie jacqui;james jim jamie jimmy;janet jan;jennifer jenny jen jenn;" +
	"jessica jess;john jack johnny jon;jonathan jon jonny johnathan;joseph joe;joanna jo;joanne jo;joshua josh;judith judy;kenneth ken;kimberley kim;" +
	"lawrence laurence larry laurie;leonard len;lucy lucie;madeleine maddie;margaret maggie meg peggy;martin;mark marc;matthew matt mathew;" +
	"michael mike mick mikey;mohammed muhammad mohammad mohamed mo;nicholas nick nicolas;nicola nicky nic nikki nichola;oliver olly ollie;pamela pam;" +
	"patricia pat trish tricia;patrick pat paddy;peter pete;philip phillip phil;philippa pippa pip;rachel rachael rach;rebecca becky bex becca;richard rick dick rich;" +
	"robert rob bob bobby robbie bert;ronald ron;rosemary rose rosie;russell russ;samuel sam;samantha sam sammy;sarah sara;simon si;sophie sophia;stephen steven steve;" +
	"stuart stewart stu;susan sue susie suzanne;terence terry;theodore theo;theresa teresa terri;thomas tom tommy;timothy tim;tobias toby;valerie val;victoria vicky vicki tori;" +
	"vincent vince;walter walt;william will bill billy liam;zachary zach zak;zoe zoey;" +
	"paul;paula;robin;robyn;jane;jan;joan;jean;john;marie;maria;mary;marian;marion;karen;karin;louis lewis;louise;helen;ellen;julia;julie;laura;lauren;anna;anne ann;hannah;martha;marta;marvin;brian bryan;adrian;gerald;gerard"

func (n *namer) profile(node record.Node) *profile {
	p := &profile{node: node, page: pageOf(node.URL)}
	names := node.Names()
	if node.Weeknote != nil {
		names = names[:1] // a text goes by its title
	}
	for i, text := range names {
		for j, form := range n.forms(node.Kind(), text) {
			made := n.name(node.Kind(), form)
			made.alias = i > 0 || j > 0
			made.own = made.acronym && len(p.names) > 0 && slices.Contains(n.initials(p.names[0]), made.compact)
			if made.compact != "" && !slices.ContainsFunc(p.names, func(other name) bool { return other.folded == made.folded }) {
				p.names = append(p.names, made)
			}
		}
	}
	return p
}

// forms are a name with what stands in brackets, and without; and what stands there
// by itself where it is initials of the whole.
func (n *namer) forms(kind record.Kind, text string) []string {
	before, rest, ok := strings.Cut(text, "(")
	inside, behind, closed := strings.Cut(rest, ")")
	if !ok || !closed || kind == record.WeeknoteKind {
		return []string{text}
	}
	list := []string{text, strings.TrimSpace(strings.TrimSpace(before) + " " + strings.TrimSpace(behind))}
	if strings.TrimSpace(behind) == "" && isAcronym(inside) {
		list = append(list, inside)
	}
	return list
}

// pageOf is an address without scheme, "www.", fragment and trailing slash.
func pageOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "?utm_")
	host, path, _ := strings.Cut(rest, "/")
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	return strings.TrimSuffix(host+"/"+path, "/")
}

func (n *namer) name(kind record.Kind, text string) name {
	text = strings.TrimSpace(text)
	made := name{text: text, folded: record.Fold(text)}
	if last, first, ok := strings.Cut(text, ","); ok && kind == record.PersonKind && !strings.Contains(first, ",") && n.words[record.Fold(first)] != courtesy {
		made.folded = record.Fold(first + " " + last) // "Smith, Jane"
	}
	previous := ""
	for word := range strings.FieldsSeq(made.folded) {
		what := n.words[word]
		if number, ok := n.digits[word]; ok && kind != record.PersonKind && utf8.RuneCountInString(word) > 1 || word == "i" && parts(previous) {
			if ok {
				word = number
			}
		}
		if word == "19" && (previous == "covid" || previous == "c") { // the disease, not a number
			made.words[len(made.words)-1], previous = "covid", "covid"
			continue
		}
		previous = word
		if kind == record.PersonKind {
			if what != courtesy {
				made.words = append(made.words, word)
			}
			continue
		}
		made.words = append(made.words, word)
		switch {
		case what == compass, hasDigit(word):
			made.numbers = append(made.numbers, word)
		case what == generic, what == legal:
			if word == "limited" {
				word = "ltd"
			}
			made.generic = append(made.generic, strings.TrimSuffix(strings.ReplaceAll(word, "programme", "program"), "s"))
		case what != small:
			made.core = append(made.core, word)
		}
	}
	made.compact = strings.Join(made.words, "")
	if len(made.core) == 0 {
		made.core = slices.Clone(made.words)
	}
	made.spelt = strings.Join(made.core, "")
	if kind == record.PersonKind && len(made.words) > 1 {
		made.spelt = made.words[0] + made.words[len(made.words)-1]
	}
	slices.Sort(made.core)
	slices.Sort(made.generic)
	slices.Sort(made.numbers)
	made.acronym = isAcronym(text)
	return made
}

func hasDigit(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) }

// parts tells whether a numeral behind the word numbers a part.
func parts(word string) bool {
	return slices.Contains(strings.Fields("wave phase round part stage year cohort"), word)
}

// isAcronym tells whether a name is written like initials: "TfL", "LOTI".
func isAcronym(text string) bool {
	upper := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2 && len(text) >= 3 && len(text) <= 8
}

// initials are those of the words of a name, with and without those of the small
// words; none of fewer than three.
func (n *namer) initials(x name) (list []string) {
	var all, large strings.Builder
	for word := range strings.FieldsSeq(x.folded) {
		first, _ := utf8.DecodeRuneInString(word)
		all.WriteRune(first)
		if n.words[word] != small {
			large.WriteRune(first)
		}
	}
	for _, made := range []string{all.String(), large.String()} {
		if len(made) >= 3 && !slices.Contains(list, made) {
			list = append(list, made)
		}
	}
	return list
}

// eachKey calls add with what a record is found by: two whose names could be alike
// share a key.
func (n *namer) eachKey(p *profile, add func(parts ...string)) {
	if p.page != "" && (p.node.Kind() == record.PartnerKind || p.node.Weeknote != nil) {
		add("page", p.page)
	}
	if w := p.node.Weeknote; w != nil {
		if w.Date.IsDay() {
			add("day", w.Date.String())
		}
		for _, x := range p.names {
			add("title", x.compact)
		}
		return
	}
	for _, x := range p.names {
		add("letters", x.compact)
		if len(x.spelt) <= maxSpelt { // names one letter apart are equal less one letter
			add("letters", x.spelt)
			for i, r := range x.spelt {
				add("letters", x.spelt[:i]+x.spelt[i+utf8.RuneLen(r):])
			}
		}
		if p.node.Kind() == record.PersonKind {
			n.eachPersonKey(x, add)
			continue
		}
		if !x.acronym {
			for _, made := range n.initials(x) {
				add("letters", made)
			}
		}
		add("words", strings.Join(x.core, " "))
		for i := range x.core { // and names one word apart, less one word
			if len(x.core) > 2 || len(x.core) == 2 && n.words[x.core[i]] == area {
				add("words", strings.Join(slices.Delete(slices.Clone(x.core), i, i+1), " "))
			}
		}
	}
}

// maxSpelt is how many bytes of a name are compared letter by letter.
const maxSpelt = 64

func (n *namer) eachPersonKey(x name, add func(parts ...string)) {
	bag := slices.Clone(x.words)
	slices.Sort(bag)
	add(append([]string{"people"}, bag...)...)
	if len(x.words) < 2 {
		return
	}
	first := x.words[0]
	initial, _ := utf8.DecodeRuneInString(first)
	add("initial", string(initial), x.words[len(x.words)-1])
	for _, circle := range n.circles[first] {
		add("circle", fmt.Sprint(circle), x.words[len(x.words)-1])
	}
	for _, other := range x.words[1:] {
		add("first", first, other)
	}
}
