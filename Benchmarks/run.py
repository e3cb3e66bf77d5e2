"""Times host and its peers on the same events, one after the other, and prints the table of docs/performance.md.

usage: python3 Benchmarks/run.py [EVENTS]
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HOST = os.path.join(HERE, "..", ".build", "release", "host")
ROUNDS = 3


def measure(command, target, rounds, store):
    """Best wall-clock seconds of some rounds, and the peak of resident memory in MB. Each round makes the store anew."""
    best, peak = float("inf"), 0
    for _ in range(rounds):
        for ending in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(store + ending):
                os.remove(store + ending)
        started = time.monotonic()
        with open(target or os.devnull, "wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE)
            errors = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            raise SystemExit(f"{command}: {errors.decode()}")
        best = min(best, time.monotonic() - started)
        peak = max(peak, usage.ru_maxrss / 1024)
    return best, peak


def check_same(expected, actual):
    """All peers must have done the same work."""
    with open(expected) as left, open(actual) as right:
        for number, (a, b) in enumerate(zip(left, right, strict=True), 1):
            if number % 97 == 1 and json.loads(a) != json.loads(b):
                raise SystemExit(f"line {number} differs:\n{a}{b}")


def check_stored(expected, store):
    """The store has the same events in the same order."""
    with open(expected) as lines:
        for (bodies,) in sqlite3.connect(store).execute("SELECT bodies FROM blocks ORDER BY first"):
            for number, body in enumerate(bodies.decode().splitlines()):
                line = next(lines)
                if number == 0 and json.loads(line) != json.loads(body):
                    raise SystemExit(f"an event differs:\n{line}{body}")
        if next(lines, None) is not None:
            raise SystemExit("the store has less events")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = tempfile.mkdtemp(prefix="viewerhost-bench-")
    try:
        events, wanted, got = (os.path.join(folder, name) for name in ("events", "wanted", "got"))
        with open(events, "w") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(count)], stdout=file, check=True)
        few = os.path.join(folder, "few")
        with open(events) as file, open(few, "w") as head:
            head.writelines(next(file) for _ in range(10))

        plugin = os.path.join(HERE, "redact.lua")
        store = os.path.join(folder, "store.sqlite")
        into_store = [HOST, "run", events, "--plugin", plugin, "--jobs", "2", "--store", store, "--quiet"]

        module = os.path.join(folder, "redact.wasm")
        header = os.path.join(HERE, "..", "examples", "modules", "in-c")
        compiler = ["clang", "--target=wasm32", "-std=c17", "-O2", "-nostdlib", "-mbulk-memory", "-Wl,--no-entry"]
        subprocess.run(
            [*compiler, "-Wl,--strip-all", "-I", header, os.path.join(HERE, "redact.c"), "-o", module], check=True
        )

        def host(jobs, source=events, isolation="native", plugin=plugin):
            options = ["--jobs", str(jobs), "--isolation", isolation, "--output", got, "--quiet"]
            return [HOST, "run", source, "--plugin", plugin, *options]

        peer = os.path.join(HERE, "peer.lua")
        filter = '.data |= (del(.email, .phone) | .ip |= sub("[0-9]+$"; "0"))'
        runs = [
            ("lua5.4 + lua-cjson", ["lua5.4", peer, events, wanted], None),
            ("LuaJIT + lua-cjson", ["luajit", peer, events, got], None),
            ("Python + orjson", [sys.executable, os.path.join(HERE, "peer.py"), events, got], None),
            ("jq", ["jq", "-c", filter, events], got),
            ("host, 1 job", host(1), None),
            ("host, 2 jobs", host(2), None),
            ("host, 2 jobs, into a store", into_store, None),
            ("host, 1 job, module in C", host(1, plugin=module), None),
            ("host, 1 job, isolated", host(1, isolation="wasm"), None),
            ("host, 2 jobs, isolated", host(2, isolation="wasm"), None),
        ]
        print(f"{count:,} events, {os.path.getsize(events) / count:.0f} bytes each, best of {ROUNDS}\n")
        print("| | seconds | events/s | times lua5.4 | memory |\n| --- | ---: | ---: | ---: | ---: |")
        base = None
        for name, command, target in runs:
            if shutil.which(command[0]) is None:
                print(f"| {name} | not installed | | | |")
                continue
            # jq is slow enough to be measured once.
            seconds, peak = measure(command, target, 1 if name == "jq" else ROUNDS, store)
            if base is None:
                base = seconds
            elif command is into_store:
                check_stored(wanted, store)
            else:
                check_same(wanted, got)
            print(f"| {name} | {seconds:.2f} | {count / seconds:,.0f} | {base / seconds:.1f} | {peak:.0f} MB |", flush=True)
        seconds, _ = measure(host(2, few), None, ROUNDS, store)
        print(f"\nhost from start to end on ten events: {seconds * 1000:.0f} ms", end="")
        seconds, _ = measure(host(2, few, "wasm"), None, ROUNDS, store)
        print(f", isolated {seconds * 1000:.0f} ms")
    finally:
        shutil.rmtree(folder)


main()
