# The same words everywhere: a person, and CI, type these.

PREFIX  ?= /usr/local
DESTDIR ?=
ARGS    ?=

# One set of flags for every target, so that nothing is built twice.
STRICT  = -Xswiftc -warnings-as-errors
# Each shared library, and each folder looked through for one, costs the client a piece of its start; so what C++, the
# unwinder, SQLite and ncurses need is linked statically where the system has it so, and nothing is looked for beside the
# program.
STATIC  = .build/static
RELEASE = swift build --configuration release --static-swift-stdlib --disable-local-rpath $(STRICT) \
  -Xlinker -L$(CURDIR)/$(STATIC)
DEBUG   = swift build --build-tests $(STRICT)

BIN     = .build/release
SERVERS = confab-serve confab-emulator confab-demo confab-admin confab-script
SWIFT_SOURCES = Package.swift Sources Tests Fuzz

.DEFAULT_GOAL := help
.PHONY: help deps demo build debug test fuzz bench golden lint format nightly install uninstall clean

help: ## Say what there is
	@echo "Confab: chat and calls on Azure Communication Services, in a terminal."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  ARGS= goes to demo, bench, fuzz and test (names of runners); PREFIX= ($(PREFIX)) and DESTDIR= to install and uninstall."

deps: ## Install what is missing (apt, with sudo where not root)
	@scripts/install-dependencies

demo: deps build ## Build, then run everything on this machine: two people, chat and calls
	@$(BIN)/confab demo $(ARGS)

build: $(STATIC)/libstdc++.a ## Build the programs, optimised
	@$(RELEASE)

$(STATIC)/libstdc++.a:
	@mkdir -p $(STATIC)
	@ln -sf "$$(gcc -print-file-name=libgcc_eh.a)" $(STATIC)/libgcc_s.a
	@for library in sqlite3 ncursesw tinfo vterm; do \
	  file="$$(gcc -print-file-name=lib$$library.a)"; \
	  if [ -e "$$file" ]; then ln -sf "$$file" $(STATIC)/; fi; \
	done
	@ln -sf "$$(gcc -print-file-name=libstdc++.a)" $@

debug: ## Build everything with the tests, unoptimised
	@$(DEBUG)

test: deps ## Run every test; the last line is the sum
	@scripts/run-tests $(ARGS)

fuzz: deps ## Attack every parser with libFuzzer; ARGS="seconds=30 target=json"
	@scripts/fuzz $(ARGS)

bench: deps build ## Measure the client and the servers against minimal C programs, and the model by itself
	@scripts/bench $(ARGS)
	@scripts/bench-servers
	@scripts/bench-model

golden: ## Record the golden screens anew
	@$(DEBUG)
	@RECORD_GOLDENS=1 swift test --skip-build --filter ViewsTests

lint: ## Check the form of the Swift sources
	@swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

format: ## Bring the Swift sources into form
	@swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

nightly: deps build ## Simulate 2,000 seeds, play all scripts under faults, run the Swift tests under the address and the thread sanitizer, attack each parser for 20 s
	@$(BIN)/confab-sim --seeds 2000
	@$(BIN)/confab-script run --quiet --jobs 2 --weather 20 Tests/Scripts Examples
	@LSAN_OPTIONS=suppressions=$(CURDIR)/scripts/leak-sanitizer.supp \
	  swift test --disable-xctest --sanitize address --scratch-path .build/address $(STRICT)
	@TSAN_OPTIONS=suppressions=$(CURDIR)/scripts/thread-sanitizer.supp \
	  swift test --disable-xctest --sanitize thread --scratch-path .build/thread $(STRICT)
	@scripts/fuzz seconds=20

# As root, for whom swift may not be on PATH, what was built before is installed.
install: $(if $(shell command -v swift),build) ## Install under DESTDIR and PREFIX
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/libexec/confab" \
	  "$(DESTDIR)$(PREFIX)/share/confab/themes"
	install -m 755 -s $(BIN)/confab "$(DESTDIR)$(PREFIX)/bin/"
	install -m 755 -s $(SERVERS:%=$(BIN)/%) "$(DESTDIR)$(PREFIX)/libexec/confab/"
	install -m 644 $(wildcard themes/*) "$(DESTDIR)$(PREFIX)/share/confab/themes/"
	@scripts/install-help $(BIN) "$(DESTDIR)$(PREFIX)/share"

uninstall: ## Remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/confab"
	rm -rf "$(DESTDIR)$(PREFIX)/libexec/confab" "$(DESTDIR)$(PREFIX)/share/confab"
	@scripts/install-help --remove "$(DESTDIR)$(PREFIX)/share"

clean: ## Remove what was built
	rm -rf .build
