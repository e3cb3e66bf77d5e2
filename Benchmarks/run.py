"""Times host and its peers on the same events, one after the other, and prints the table of docs/performance.md.

usage: python3 Benchmarks/run.py [EVENTS]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HOST = os.path.join(HERE, "..", ".build", "release", "host")
ROUNDS = 5


def measure(command, target, store):
    """Wall-clock seconds, and the peak of resident memory in MB. The store is made anew."""
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
    return time.monotonic() - started, usage.ru_maxrss / 1024


def check_same(expected, actual):
    """All peers must have done the same work."""
    with open(expected) as left, open(actual) as right:
        for number, (a, b) in enumerate(zip(left, right, strict=True), 1):
            if number % 97 == 1 and json.loads(a) != json.loads(b):
                raise SystemExit(f"line {number} differs:\n{a}{b}")


def check_stored(expected, store):
    """The store has the same events in the same order."""
    with open(expected) as lines, stored(store) as events:
        for number, (line, event) in enumerate(zip(lines, events.stdout, strict=True)):
            if number % 97 == 0 and json.loads(line) != json.loads(event):
                raise SystemExit(f"an event differs:\n{line}{event}")


def stored(store):
    """The events that a store keeps, which nobody but host can open."""
    return subprocess.Popen([HOST, "log", "--store", store], stdout=subprocess.PIPE, text=True)


def subjects(store, most):
    """What events call the first viewers of a store."""
    found = {}
    with stored(store) as events:
        for line in events.stdout:
            subject = json.loads(line).get("subject")
            if subject is not None:
                found[subject] = True
            if len(found) == most:
                events.kill()
                break
    return list(found)


def memory_folder(size):
    """Where a file system in memory has room for `size` bytes; else None. A disk's own speed is nobody's merit."""
    try:
        return "/dev/shm" if shutil.disk_usage("/dev/shm").free > size else None
    except OSError:
        return None


def compile_module(source, module):
    header = os.path.join(HERE, "..", "examples", "modules", "in-c")
    compiler = ["clang", "--target=wasm32", "-std=c17", "-O2", "-nostdlib", "-mbulk-memory", "-Wl,--no-entry"]
    subprocess.run([*compiler, "-Wl,--strip-all", "-I", header, os.path.join(HERE, source), "-o", module], check=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    memory = memory_folder(count * 5000)
    folder = tempfile.mkdtemp(prefix="viewerhost-bench-", dir=memory)
    disk = tempfile.mkdtemp(prefix="viewerhost-bench-")
    try:
        bench(count, folder, disk, memory is not None)
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(disk)


def bench(count, folder, disk, is_in_memory):
    events, wanted, got, few = (os.path.join(folder, name) for name in ("events", "wanted", "got", "few"))
    with open(events, "w") as file:
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(count)], stdout=file, check=True)
    with open(events) as file, open(few, "w") as head:
        head.writelines(next(file) for _ in range(10))
    plugin = os.path.join(HERE, "redact.lua")
    module, idle = (os.path.join(folder, name) for name in ("redact.wasm", "idle.wasm"))
    compile_module("redact.c", module)
    compile_module("idle.c", idle)

    def host(jobs, source=events, isolation="native", plugin=plugin):
        options = ["--jobs", str(jobs), "--isolation", isolation, "--output", got, "--quiet"]
        return [HOST, "run", source, *(["--plugin", plugin] if plugin else ["--no-plugins"]), *options]

    stores = [os.path.join(place, "store.sqlite") for place in (folder, disk)]
    into_memory, into_disk = (
        [HOST, "run", events, "--plugin", plugin, "--jobs", "2", "--store", store, "--quiet"] for store in stores
    )
    peer = os.path.join(HERE, "peer.lua")
    filter = '.data |= (del(.email, .phone) | .ip |= sub("[0-9]+$"; "0"))'
    runs = [
        ("lua5.4 + lua-cjson", ["lua5.4", peer, events, wanted], None),
        ("LuaJIT + lua-cjson", ["luajit", peer, events, got], None),
        ("Python + orjson", [sys.executable, os.path.join(HERE, "peer.py"), events, got], None),
        ("jq", ["jq", "-c", filter, events], got),
        ("host, 1 job", host(1), None),
        ("host, 2 jobs", host(2), None),
        ("host, 2 jobs, into a store", into_memory, None),
        ("host, 2 jobs, into a store on the disk", into_disk, None),
        ("host, 1 job, module in C", host(1, plugin=module), None),
        ("host, 1 job, isolated", host(1, isolation="wasm"), None),
        ("host, 2 jobs, isolated", host(2, isolation="wasm"), None),
    ]
    place = "all files in memory" if is_in_memory else "all files on the disk"
    print(f"{count:,} events, {os.path.getsize(events) / count:.0f} bytes each, best of {ROUNDS}, {place}\n")
    print("| | seconds | events/s | times lua5.4 | memory |\n| --- | ---: | ---: | ---: | ---: |")
    # In turns: what else the machine does in a minute then slows all of them down.
    best = {}
    for turn in range(ROUNDS):
        for name, command, target in runs:
            # jq is slow enough to be measured once.
            if shutil.which(command[0]) is None or (name == "jq" and turn > 0):
                continue
            store = stores[command is into_disk]
            seconds, peak = measure(command, target, store)
            before = best.get(name, (seconds, peak))
            best[name] = (min(before[0], seconds), max(before[1], peak))
            if turn > 0 or command is runs[0][1]:
                continue
            if command in (into_memory, into_disk):
                check_stored(wanted, store)
            else:
                check_same(wanted, got)
    base = best[runs[0][0]][0]
    for name, _, _ in runs:
        if name not in best:
            print(f"| {name} | not installed | | | |")
            continue
        seconds, peak = best[name]
        print(f"| {name} | {seconds:.2f} | {count / seconds:,.0f} | {base / seconds:.1f} | {peak:.0f} MB |")

    def seconds(command):
        return min(measure(command, None, stores[0])[0] for _ in range(ROUNDS))

    starts = {(jobs, home): seconds(host(jobs, few, home)) for jobs in (1, 65) for home in ("native", "wasm")}
    native, isolated = (starts[65, home] - starts[1, home] for home in ("native", "wasm"))
    milliseconds = [f"{seconds * 1000:.0f} ms" for seconds in (starts[1, "native"], starts[1, "wasm"])]
    print(f"\nhost from start to end on ten events: {milliseconds[0]}, isolated {milliseconds[1]}")
    print(f"an isolated instance takes {(isolated - native) / 64 * 1000:.2f} ms more to start than a native state")
    call = (seconds(host(1, plugin=idle)) - seconds(host(1, plugin=None))) / count
    print(f"a call of a module that does nothing: {call * 1e9:.0f} ns")


if __name__ == "__main__":
    main()
