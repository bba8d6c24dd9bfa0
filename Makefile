# LOTI Graph. It needs Go, and Node.js for what the pages load from npm packages.
#
#   make run    build, and serve the starter programme on http://127.0.0.1:8080
#   make test   every check there is; as root it installs what some need: a browser, PostgreSQL, readers that others wrote
#   make eval   how well texts are read; docs/reading.md says how to read the table
#   make bench  what things cost; bench/README.md has the figures
#   make screenshots  pictures of every page, in pictures/
#   make bench-search  what searching costs, beside Bleve alone and PostgreSQL
#   make bench-graph   what walking along links costs, beside raw Badger and PostgreSQL
#   make bench-pages   what the pages cost: the server's time, bytes, and how a browser shows them

WEB     := server/web
READERS := export/testdata
CHECKED := find . -name '*.go' -not -path '*/node_modules/*'

.PHONY: run build assets generate test browser readers format vet postgres current eval bench bench-search bench-graph bench-pages screenshots clean

run: build
	bin/lotigraph serve

build: assets
	go build -o bin/lotigraph ./cmd/lotigraph

# What the pages load: downloaded and built again only when its sources changed.
assets: $(WEB)/dist/.built

$(WEB)/dist/.built: $(WEB)/node_modules/.installed $(WEB)/build.mjs $(wildcard $(WEB)/src/*)
	cd $(WEB) && npm run --silent build
	@touch $@

$(WEB)/node_modules/.installed: $(WEB)/package.json $(WEB)/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or later. Without it, 'go build ./cmd/lotigraph' makes the program with plain pages and no GraphiQL." >&2; exit 1; }
	cd $(WEB) && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

generate:
	go generate ./...

# What only looks comes before what runs. LOTIGRAPH_REQUIRE_ALL=1 makes tests fail
# that would be skipped because something they need is missing.
test: assets browser postgres readers format vet current
	go test -race $(TESTFLAGS) ./...
	cd e2e && go test $(TESTFLAGS) ./...

format:
	@wrong=$$(gofmt -l $$($(CHECKED))); [ -z "$$wrong" ] || { echo "not formatted, run gofmt -w on them:" $$wrong >&2; exit 1; }

vet:
	go vet ./... && cd e2e && go vet ./...
	go tool staticcheck ./...

# Generated code must be what the generators make of the sources.
current:
	@before=$$($(CHECKED) | sort | xargs cksum); go generate ./... && after=$$($(CHECKED) | sort | xargs cksum); \
	[ "$$before" = "$$after" ] || { echo "generated code was not current; it is now: commit it" >&2; exit 1; }

browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium fonts-liberation; } || \
		echo "chromium is missing and only root can install it: tests that need a browser are skipped"

postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql; } || \
		echo "PostgreSQL is missing and only root can install it: what compares with it is skipped"

# Libraries and programs that others wrote, which read our exports and judge our measures. They take some minutes the
# first time, LibreOffice most of it.
readers: $(READERS)/node_modules/.installed
	@for library in networkx igraph rdflib openpyxl; do /usr/bin/python3 -c "import $$library" 2>/dev/null || missing="$$missing python3-$$library"; done; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc-nogui"; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; } || \
		echo "missing:$$missing; only root can install that: tests that need it are skipped"

$(READERS)/node_modules/.installed: $(READERS)/package.json $(READERS)/package-lock.json
	cd $(READERS) && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# The table is eval/scores.txt; the test fails when the figures are other ones.
eval:
	go test -count=1 ./eval && cat eval/scores.txt

screenshots: assets browser
	mkdir -p pictures && cd e2e && LOTIGRAPH_PICTURES=$(CURDIR)/pictures go test -count=1 -run TestPictures .

bench:
	go test -run='^$$' -bench=. -benchtime=2s ./bench

# Searching beside Bleve alone and PostgreSQL. N=1000,10000,100000 makes a table
# of each and says how the work grows; DATA=folder keeps what was made for the next
# time (100,000 notes take 5 GB and a quarter of an hour to make).
N := 1000
bench-search: postgres
	go run ./bench/search -n $(N) $(if $(DATA),-data $(DATA)) $(BENCHFLAGS)

# Walking along links beside raw Badger and PostgreSQL; N and DATA as above.
bench-graph: postgres
	go run ./bench/graph -n $(N) $(if $(DATA),-data $(DATA)) $(BENCHFLAGS)

# The pages of the server, and how Chromium shows them; of 10,000 notes unless N says otherwise.
bench-pages: N := 10000
bench-pages: assets browser
	go run ./bench/pages -n $(N) $(if $(DATA),-data $(DATA)) $(BENCHFLAGS)

clean:
	rm -rf bin $(WEB)/node_modules $(READERS)/node_modules && find $(WEB)/dist -mindepth 1 ! -name README.txt -delete
