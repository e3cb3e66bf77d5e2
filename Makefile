# `make run` and `make test` install what is missing and need nothing but Swift 6.3 on Debian 12.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

# One configuration for all jobs, so that nothing is built twice.
build := swift build -c release
host := .build/release/host
sources := Package.swift Sources Tests

.PHONY: run test bench wasm isolation web browser lint format clean

run:
	scripts/bootstrap build
	$(build) --product host
	$(host) run examples/events.ndjson --plugin plugins/redact.lua

test: wasm lint
	scripts/bootstrap build isolation
	$(build) --build-tests
	swift test -c release --skip-build --skip WebTests
	swift test -c release --skip-build --filter WebTests

bench: wasm
	scripts/bootstrap build isolation bench
	$(build) --product host
	python3 Benchmarks/run.py
	PYTHONPATH=.build-bench python3 Benchmarks/folds.py
	PYTHONPATH=.build-bench python3 Benchmarks/recommenders.py
	PYTHONPATH=.build-bench python3 Benchmarks/private_statistics.py
	python3 -B examples/redaction/make-corpus.py held-out > .build-redaction/held-out.ndjson
	PYTHONPATH=.build-redaction python3 Benchmarks/redaction.py .build-redaction/held-out.ndjson

# Builds engine.wasm from the portable targets, and prints its size and imports.
wasm:
	scripts/bootstrap build wasm
	scripts/build-engine

# Builds engine.wasm and installs wasmtime's library, which runs it.
isolation: wasm
	scripts/bootstrap isolation

# Puts the web pages into .build-web.
web: wasm
	scripts/bootstrap build
	$(build) --product host
	scripts/build-web $(host)

# Tests/WebTests opens the pages in Chromium. It runs after the others, which measure plugins against limits of time.
test: web browser

browser:
	scripts/bootstrap web

lint:
	swift format lint --strict --recursive --parallel $(sources)

format:
	swift format --in-place --recursive --parallel $(sources)

clean:
	rm -rf .build .build-wasm .build-web .build-bench
