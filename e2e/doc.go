// Package e2e uses the program as people do: the real binary with the starter
// programme, in a real browser. It is a module of its own, so that the service
// does not depend on what drives a browser.
//
//	main_test.go     builds and serves the program, starts Chromium
//	tab_test.go      a tab, which notes whatever goes wrong in it
//	pages_test.go    the pages there are, found by following links
//	axe_test.go      every page in every state: accessible, quiet, light enough
//	journey_test.go  what people come for: by mouse, by keyboard, without scripts
//	vitals/          how pages load, measured for bench/pages
//	look_test.go     on paper, and with forced colours
//	picture_test.go  pictures of every page, when LOTIGRAPH_PICTURES names a folder
package e2e
