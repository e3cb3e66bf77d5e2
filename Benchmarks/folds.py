"""Times segments over a million events, and the same question asked of SQLite and of Polars, and prints the table of docs/performance.md.

usage: python3 Benchmarks/folds.py [EVENTS]
"""

import glob
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from run import HERE, HOST, memory_folder, subjects

ROOT = os.path.join(HERE, "..")
ROUNDS = 7
# With the eight that are bundled these are ten.
OTHERS = {
    "comedy-fans": ("drama-fans", [('"drama-fans"', '"comedy-fans"'), ('genre = "Drama"', 'genre = "Comedy"'), ('"710"', '"709"')]),
    "early-birds": ("night-owls", [('"night-owls"', '"early-birds"')]),
}

def timed(command):
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{command}: {done.stderr}")
    return time.monotonic() - started, done


def best(commands):
    """The best of some rounds of each command, all in turns; and the last one's outcome."""
    seconds, outcomes = {}, {}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            took, outcomes[name] = timed(command)
            seconds[name] = min(took, seconds.get(name, took))
    return seconds, outcomes


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = tempfile.mkdtemp(prefix="viewerhost-bench-", dir=memory_folder(count * 3000))
    try:
        bench(count, folder)
    finally:
        shutil.rmtree(folder)


def make_plugins(folder):
    bundled = sorted(path for path in glob.glob(f"{ROOT}/plugins/segments/*.lua") if not path.endswith("_test.lua"))
    for name, (source, changes) in OTHERS.items():
        with open(f"{ROOT}/plugins/segments/{source}.lua") as file:
            text = file.read()
        for old, new in changes:
            assert old in text, f"{source}.lua has no {old}"
            text = text.replace(old, new)
        with open(f"{folder}/{name}.lua", "w") as file:
            file.write(text)
    with open(f"{folder}/idle.lua", "w") as file:
        file.write(
            'return { kind = "segment", name = "idle", version = "1", taxonomy = "706", events = { "nothing.ever" },\n'
            "  start = function() return {} end, fold = function(s) return s end, member = function() return false end }\n")
    return bundled + [f"{folder}/{name}.lua" for name in OTHERS], f"{folder}/idle.lua"


def bench(count, folder):
    events, store = f"{folder}/events.ndjson", f"{folder}/viewers.sqlite"
    with open(events, "w") as file:
        subprocess.run([sys.executable, f"{ROOT}/examples/make-viewers.py", "--events", str(count)], stdout=file, check=True)
    timed([HOST, "run", events, "--no-plugins", "--store", store, "--quiet"])
    plugins, idle = make_plugins(folder)
    options = ["--store", store, "--key", f"{folder}/key"]

    def rebuild(files, jobs):
        return [HOST, "segments", "rebuild", *options, "--jobs", str(jobs), *(word for file in files for word in ("--plugin", file))]

    owls = f"{ROOT}/plugins/segments/night-owls.lua"
    seconds, outcomes = best({
        "host, ten segments, 2 jobs": rebuild(plugins, 2),
        "host, ten segments, 1 job": rebuild(plugins, 1),
        "host, night-owls alone, 2 jobs": rebuild([owls], 2),
        "host, a segment that wants no event, 2 jobs": rebuild([idle], 2),
        "reading the log's bytes alone": [sys.executable, os.path.join(HERE, "folds_read.py"), store],
        "SQLite: events into tables, and night owls by one statement": [
            sys.executable, os.path.join(HERE, "folds_sql.py"), events],
        "Polars: night owls": [sys.executable, os.path.join(HERE, "folds_polars.py"), events],
    })
    timed([HOST, "segments", "rules", "--store", store, "--minimum-audience", "10"])
    timed(rebuild(plugins, 2))
    members = timed([HOST, "segments", "members", "night-owls", *options, "--plugin", owls])[1].stdout.count("\n")
    found = {name: int(outcomes[name].stdout) for name in seconds if name.startswith(("SQLite", "Polars"))}
    for name, number in found.items():
        if number != members:
            raise SystemExit(f"{name} finds {number} night owls, and host {members}")

    print(f"{count:,} events of {viewers(store):,} viewers, best of {ROUNDS}; {members:,} night owls by all three\n")
    print("| | seconds | events/s |\n| --- | ---: | ---: |")
    for name, took in seconds.items():
        print(f"| {name} | {took:.2f} | {count / took:,.0f} |")
    print()
    rows, size = sqlite3.connect(store).execute("SELECT count(*), sum(length(entries)) FROM viewer_states").fetchone()
    print(f"states of ten segments: {size / rows:.0f} bytes a viewer")
    print(f"an answer of all ten segments for a viewer: {answer_time(store, options, plugins, folder):.2f} ms")


def viewers(store):
    return sqlite3.connect(store).execute("SELECT count(*) FROM viewers").fetchone()[0]


def answer_time(store, options, plugins, folder):
    """Milliseconds from the store to one viewer's answer: those of ten thousand, less those of one."""
    names = subjects(store, 10_000)
    command = [HOST, "segments", "for", "-", "--json", *options, *(word for file in plugins for word in ("--plugin", file))]
    took = []
    for asked in (names[:1], names):
        started = time.monotonic()
        subprocess.run(command, input="\n".join(asked), text=True, stdout=subprocess.DEVNULL, check=True)
        took.append(time.monotonic() - started)
    return (took[1] - took[0]) / (len(names) - 1) * 1000


if __name__ == "__main__":
    main()
