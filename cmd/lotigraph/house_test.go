package main

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// drawn is the rooms of docs/house.svg, each with how far down it stands.
func drawn(t *testing.T) map[string]int {
	t.Helper()
	picture, err := os.ReadFile("../../docs/house.svg")
	if err != nil {
		t.Fatal(err)
	}
	rooms := map[string]int{}
	for _, m := range regexp.MustCompile(`<text class="name" x="\d+" y="(\d+)">(\w+)</text>`).FindAllStringSubmatch(string(picture), -1) {
		if rooms[m[2]], err = strconv.Atoi(m[1]); err != nil {
			t.Fatal(err)
		}
	}
	return rooms
}

// TestHouseIsDrawn: the picture has every room and no other, and an import leads
// from a room to one that stands lower.
func TestHouseIsDrawn(t *testing.T) {
	rooms := drawn(t)
	known := []string{"e2e"} // a module of its own
	for _, a := range arrows {
		known = append(known, a.room)
		if rooms[a.room] == 0 {
			t.Errorf("docs/house.svg lacks the room %s", a.room)
		}
	}
	for room := range rooms {
		if !slices.Contains(known, room) {
			t.Errorf("docs/house.svg has the room %s, which is not there", room)
		}
	}
	for _, p := range packages(t) {
		from := roomOf(p.ImportPath)
		for _, imported := range p.Imports {
			to := roomOf(imported)
			if strings.HasPrefix(imported, module) && to != from && rooms[to] <= rooms[from] {
				t.Errorf("%s imports %s, and docs/house.svg does not draw %s below %s", p.ImportPath, imported, to, from)
			}
		}
	}
}
