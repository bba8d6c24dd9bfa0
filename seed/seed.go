// Package seed is the starter programme: what LOTI's published notes and pages
// say, in files that a non-programmer can edit and that import reads. An empty
// data folder is filled from it.
//
// The files are:
//
//	boroughs.csv          London's 33 authorities: aliases, ONS code, place on the tile map
//	partners.csv          every other organisation, LOTI itself included
//	people.csv            people named in their work
//	projects.csv          what boroughs do together
//	links.csv             links that a person has checked, each with the words that say so
//	texts/weeknotes/*.md  the weeknotes, retold in our own words
//	texts/pages/*.md      short digests of project pages, blogs, decks and news
//
// A table is UTF-8, comma separated, with a header row. A line that begins with
// # is a comment; a list inside a cell is separated by semicolons. A text has
// front matter between two lines of three hyphens (url, and date where it is
// known), then its title, a byline where there is one, and the body. Titles are
// unique, because links.csv names texts by them.
//
// The invariants, which the tests hold: both ends of a link are in the tables,
// a quote is an exact part of the text that the row names, and no name or alias
// stands for two records of one kind. README.md tells editors the rest.
package seed

import (
	"embed"
	"io/fs"
)

//go:embed *.csv texts
var files embed.FS

// FS is the starter programme, with the layout described above.
func FS() fs.FS { return files }
