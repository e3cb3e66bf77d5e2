"""Times the answers of `host recommend`: how long each of 1,000 viewers waits for 20 titles, re-ranked in Lua.

usage: python3 Benchmarks/answers.py [STORE [PLUGIN]]

STORE has been filled by `host run`, and its models are trained where there are none. Without one, 4,000 viewers of 20,000 titles are
made up, which needs numpy, and EASE is trained on them. The processor's time is that of the host alone: what others on the machine
take away shows in the waiting time only.
"""

import os
import subprocess
import sys
import tempfile
import time

from run import HERE, HOST, subjects


def main():
    if len(sys.argv) > 1:
        return measure(*sys.argv[1:])
    from made_up_ratings import make_viewers

    with tempfile.TemporaryDirectory(prefix="viewerhost-bench-") as place:
        folder = make_viewers(f"{place}/made-up", viewers=4_000, titles=20_000, ratings=400_000)
        subprocess.run([HOST, "run", folder, "--no-plugins", "--store", f"{place}/made-up.sqlite", "--quiet"], check=True)
        subprocess.run([HOST, "models", "train", "--store", f"{place}/made-up.sqlite"], check=True)
        measure(f"{place}/made-up.sqlite")


def measure(store, plugin=os.path.join(HERE, "../plugins/recommenders/diverse-picks.lua")):
    viewers = subjects(store, 1001)
    command = [HOST, "recommend", "-", "--json", "--store", store, "--plugin", plugin]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as host:
        # The first waits for all to be opened.
        ask(host, viewers[0])
        before = processor_seconds(host.pid)
        seconds = sorted(ask(host, viewer) for viewer in viewers[1:])
        worked = processor_seconds(host.pid) - before
        host.stdin.close()
    print(f"{len(seconds):,} viewers: median {seconds[len(seconds) // 2] * 1000:.2f} ms, "
          f"p99 {seconds[len(seconds) * 99 // 100] * 1000:.2f} ms, longest {seconds[-1] * 1000:.2f} ms; "
          f"the processor's time {worked / len(seconds) * 1000:.2f} ms each, load {os.getloadavg()[0]:.1f}")


def ask(host, viewer):
    started = time.monotonic()
    host.stdin.write(viewer + "\n")
    host.stdin.flush()
    if not host.stdout.readline().startswith("{"):
        raise SystemExit(f"no answer for {viewer}")
    return time.monotonic() - started


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
