package ingest

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lotigraph/record"
)

// Progress is told, before each file, how many are done of how many, and which
// comes next. It may be nil.
type Progress func(done, total int, name string)

// Source is a file that an import will read.
type Source struct {
	Name string // what it is called in the graph: the path below the folder given, or the file's own name
	Path string // where it lies in its file system
	fsys fs.FS
	rank int // when it is imported
}

// Read reads the file. One that is far too long, and would be refused anyway, is
// not read: what comes back is just too long.
func (s Source) Read() ([]byte, error) {
	size, err := s.Size()
	if err != nil {
		return nil, err
	}
	if size > maxMarkup {
		return make([]byte, maxMarkup+1), nil // refused for its size, without reading it
	}
	return fs.ReadFile(s.fsys, s.Path)
}

// open opens the file, for what is read piece by piece.
func (s Source) open() (io.ReadCloser, error) { return s.fsys.Open(s.Path) }

// Size is how many bytes the file has.
func (s Source) Size() (int64, error) {
	info, err := fs.Stat(s.fsys, s.Path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Sources lists what the paths name, in the order of an import: tables of
// records, texts, tables of links, each by name. In folders, files of endings
// that are not read are passed over; a file named outright is read whatever its
// ending. A path that is not there is a Problem.
func Sources(paths []string) ([]Source, []Problem) {
	var list []Source
	var problems []Problem
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			problems = append(problems, Problem{File: p, Reason: plain(err)})
		case info.IsDir():
			found, bad := folder(os.DirFS(p))
			list, problems = append(list, found...), append(problems, bad...)
		case !info.Mode().IsRegular():
			problems = append(problems, Problem{File: p, Reason: "this is neither a file nor a folder"})
		default:
			list = append(list, Source{Name: filepath.Base(p), Path: filepath.Base(p), fsys: os.DirFS(filepath.Dir(p))})
		}
	}
	sortSources(list)
	return list, problems
}

// plain is what went wrong with a file, without the program's words around it.
func plain(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err.Error()
	}
	return err.Error()
}

func folder(fsys fs.FS) ([]Source, []Problem) {
	var list []Source
	var problems []Problem
	err := fs.WalkDir(fsys, ".", func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			problems = append(problems, Problem{File: p, Reason: plain(err)})
		case entry.IsDir() && p != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.IsDir() && readable(p) && isFile(fsys, p):
			list = append(list, Source{Name: p, Path: p, fsys: fsys})
		}
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{File: ".", Reason: plain(err)})
	}
	sortSources(list)
	return list, problems
}

// isFile tells whether the name leads to a file, through links too.
func isFile(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// readable tells whether a folder's file is one that we read.
func readable(name string) bool {
	base := strings.ToLower(path.Base(name))
	if base == "readme.md" || strings.HasPrefix(base, ".") {
		return false
	}
	_, known := endings[path.Ext(base)]
	return known
}

// The ranks of sources, in the order of an import.
const (
	recordsRank = iota
	textsRank
	linksRank
)

// sortSources sorts into the order of an import.
func sortSources(list []Source) {
	for i := range list {
		list[i].rank = list[i].rankOf()
	}
	slices.SortStableFunc(list, func(a, b Source) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.Name, b.Name))
	})
}

// rankOf is when a source is imported. A table is told by its name, else by its
// headings; what is no list is taken for a grid, which has links.
func (s Source) rankOf() int {
	base := strings.ToLower(path.Base(s.Name))
	switch endings[path.Ext(base)] {
	case bookFormat:
		return linksRank
	case linesFormat:
		return recordsRank
	case tableFormat:
	default:
		return textsRank
	}
	if strings.Contains(base, "link") {
		return linksRank
	}
	if _, err := record.ParseKind(strings.TrimSuffix(base, path.Ext(base))); err == nil {
		return recordsRank
	}
	body, err := s.Read()
	if err != nil {
		return recordsRank
	}
	list, _ := sheets(File{Name: s.Name, Body: body})
	for _, sheet := range list {
		if t, ok := sheet.asList(false); !ok || t.links {
			return linksRank
		}
	}
	return recordsRank
}

// Paths imports files and folders of this machine.
func (im *Importer) Paths(ctx context.Context, paths []string, o Options, progress Progress) (Report, error) {
	list, problems := Sources(paths)
	r, err := im.sources(ctx, list, o, progress)
	r.Problems = append(problems, r.Problems...)
	return r, err
}

// Folder imports a whole file system, such as the seed.
func (im *Importer) Folder(ctx context.Context, fsys fs.FS, o Options, progress Progress) (Report, error) {
	list, problems := folder(fsys)
	r, err := im.sources(ctx, list, o, progress)
	r.Problems = append(problems, r.Problems...)
	return r, err
}

func (im *Importer) sources(ctx context.Context, list []Source, o Options, progress Progress) (r Report, err error) {
	work, end, err := im.begin(ctx, o)
	if err != nil {
		return r, err
	}
	defer end()
	read, begun := map[string]bool{}, false
	for i, source := range list {
		if source.rank > recordsRank && !begun {
			begun = true
			if err := work.recordsOfBooks(ctx, list, o, &r); err != nil {
				return r, err
			}
		}
		if progress != nil {
			progress(i, len(list), source.Name)
		}
		if read[source.Name] {
			r.Problems = append(r.Problems, Problem{File: source.Name, Reason: "another file of this import has the same name, by which texts are told apart; import their common folder, or rename one"})
			continue
		}
		read[source.Name] = true
		pass := allSheets
		if source.isBook() {
			pass = linkSheets
		}
		if err := work.source(ctx, source, o, pass, &r); err != nil {
			return r, err
		}
	}
	if err := work.recognise(ctx, o, &r); err != nil {
		return r, err
	}
	if progress != nil {
		progress(len(list), len(list), "")
	}
	r.Sort()
	r.Version = im.store.Version()
	return r, nil
}

// recordsOfBooks imports the records of workbooks, which come before the texts;
// their links come after them.
func (im *Importer) recordsOfBooks(ctx context.Context, list []Source, o Options, r *Report) error {
	for _, source := range list {
		if source.isBook() {
			if err := im.source(ctx, source, o, recordSheets, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s Source) isBook() bool { return endings[strings.ToLower(path.Ext(s.Name))] == bookFormat }

// source imports one file of several.
func (im *Importer) source(ctx context.Context, s Source, o Options, pass which, r *Report) error {
	if IsLines(s.Name) {
		one, err := im.lines(ctx, s.Name, s.open, o)
		one.Sort()
		r.Add(one)
		return err
	}
	body, err := s.Read()
	if err != nil {
		if pass != linkSheets {
			r.Problems = append(r.Problems, Problem{File: s.Name, Reason: plain(err)})
		}
		return nil
	}
	one, err := im.file(ctx, File{Name: s.Name, Body: body}, o, pass)
	r.Add(one)
	return err
}
