"""Times `host privacy report` for one viewer with many events: the whole report as a zip, and report.json alone.

usage: python3 Benchmarks/access_report.py [EVENTS]
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time

from run import HERE, HOST

SEGMENTS = os.path.join(HERE, "../plugins/segments/binge-watchers.lua")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CONFIG_HOME": folder}

        def host(*arguments):
            command = [HOST, *arguments, "--store", f"{folder}/viewers.sqlite"]
            return subprocess.run(command, check=True, capture_output=True, env=environment)

        # All that made-up viewers did, by one of them.
        maker = [sys.executable, os.path.join(HERE, "../examples/make-viewers.py"), "--viewers", "300", "--events", str(count)]
        events = subprocess.run(maker, check=True, capture_output=True, text=True).stdout
        events = re.sub(r'"subject":"[^"]*"', '"subject":"viewer"', events)
        with open(f"{folder}/events.ndjson", "w", encoding="utf-8") as file:
            file.write(events)
        host("run", f"{folder}/events.ndjson", "--no-plugins", "--quiet")
        host("segments", "update", "--plugin", SEGMENTS)
        print(f"{events.count(chr(10)):,} events of {len(events) / 1e6:.1f} MB")
        report = ["privacy", "report", "viewer", "--plugin", SEGMENTS]
        for name, options in [("zip", ["--output", f"{folder}/report.zip"]), ("JSON", ["--json"])]:
            print(name, best(lambda: host(*report, *options)))
        print(f"zip of {os.path.getsize(f'{folder}/report.zip') / 1e6:.1f} MB")


def best(run, times=5):
    """The shortest of some runs, and the processor's time and the largest memory of it."""
    runs = []
    for _ in range(times):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        run()
        seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        runs.append((seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    seconds, work = min(runs)
    return f"{seconds:.2f} s ({work:.2f} s of processors)"


if __name__ == "__main__":
    main()
