"""Times the answers of `host recommend`: how long each of 1,000 viewers waits for 20 titles, re-ranked in Lua.

usage: python3 Benchmarks/answers.py STORE [PLUGIN]

STORE has been filled by `host run`. Its models are trained where there are none.
"""

import os
import subprocess
import sys
import time

from run import HERE, HOST, subjects


def main():
    store = sys.argv[1]
    plugin = sys.argv[2] if len(sys.argv) > 2 else os.path.join(HERE, "../plugins/recommenders/diverse-picks.lua")
    viewers = subjects(store, 1001)
    command = [HOST, "recommend", "-", "--json", "--store", store, "--plugin", plugin]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as host:
        # The first waits for all to be opened.
        seconds = [ask(host, viewer) for viewer in viewers][1:]
        host.stdin.close()
    seconds.sort()
    print(f"{len(seconds):,} viewers: median {seconds[len(seconds) // 2] * 1000:.2f} ms, "
          f"p99 {seconds[len(seconds) * 99 // 100] * 1000:.2f} ms, longest {seconds[-1] * 1000:.2f} ms")


def ask(host, viewer):
    started = time.monotonic()
    host.stdin.write(viewer + "\n")
    host.stdin.flush()
    if not host.stdout.readline().startswith("{"):
        raise SystemExit(f"no answer for {viewer}")
    return time.monotonic() - started


if __name__ == "__main__":
    main()
