# `make run` and `make test` install what is missing and need nothing but Swift 6.3 on Debian 12.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

# One configuration for all jobs, so that nothing is built twice.
build := swift build -c release
host := .build/release/host
sources := Package.swift Sources Tests
portable := Plugins Archives

.PHONY: run test bench wasm lint format clean

run:
	scripts/bootstrap build
	$(build) --product host
	$(host) run examples/events.ndjson --plugin plugins/redact.lua

test: wasm lint
	scripts/bootstrap build
	$(build) --build-tests
	swift test -c release --skip-build

bench:
	scripts/bootstrap build bench
	$(build) --product host
	python3 Benchmarks/run.py

# Compiles the portable targets as Embedded Swift; the system's Lua headers come last, behind wasi-libc's own.
wasm:
	scripts/bootstrap build wasm
	for target in $(portable); do \
	    swift build --triple wasm32-unknown-none-wasm --scratch-path .build-wasm --target $$target \
	        -Xswiftc -enable-experimental-feature -Xswiftc Embedded -Xswiftc -wmo -Xcc -D__wasi__ \
	        -Xcc -isystem -Xcc /usr/include/wasm32-wasi \
	        -Xcc -idirafter -Xcc "$$(dirname "$$(dpkg -L liblua5.4-dev | grep multiarch.h)")"; \
	done

lint:
	swift format lint --strict --recursive --parallel $(sources)

format:
	swift format --in-place --recursive --parallel $(sources)

clean:
	rm -rf .build .build-wasm
