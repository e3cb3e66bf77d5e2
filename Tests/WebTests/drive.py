#!/usr/bin/env python3
"""Tests the web pages in Chromium: drive.py --list | drive.py HOST [PART OF A CASE'S NAME]

Prints a line of JSON for each case: its name, what failed (or null), what it has to report, and its seconds.
"""

import json
import os
import sys
import time
import traceback

sys.dont_write_bytecode = True

import segments  # noqa: E402, F401
from cases import CASES, PAGES, Bench  # noqa: E402
from webdriver import Failure  # noqa: E402


def outcome(bench, name):
    began = time.monotonic()
    bench.notes = []
    problem = None
    try:
        bench.begin()
        CASES[name](bench)
        bench.end()
    except Failure as failure:
        problem = str(failure)
    except Exception:
        # One case must not keep the others from running.
        problem = traceback.format_exc().strip()
    return {"case": name, "problem": problem, "notes": bench.notes, "seconds": round(time.monotonic() - began, 2)}


def main():
    if sys.argv[1:] == ["--list"]:
        return print(json.dumps(list(CASES)))
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    if not os.path.exists(os.path.join(PAGES, "engine.wasm")):
        sys.exit("drive.py: there are no pages in .build-web: run `make web`")
    bench = Bench(sys.argv[1])
    try:
        for name in CASES:
            if sys.argv[2:] and sys.argv[2] not in name:
                continue
            done = outcome(bench, name)
            print(json.dumps(done), flush=True)
            if done["problem"]:
                # The page may hang, and the browser with it.
                bench.restart_browser()
    finally:
        bench.close()


main()
