"""Trains the models on more and more made-up viewers, and prints seconds and memory.

usage: python3 Benchmarks/models.py [SHARE ...]

Shares are of a million viewers with 50 million titles taken up, of 20,000: 1/16, 1/4 and 1 unless some are given.
"""

import json
import os
import subprocess
import sys
from fractions import Fraction

from run import HERE

PROGRAM = os.path.join(HERE, "..", ".build", "release", "models-bench")
RECIPES = ["popularity", "neighbours", "ease", "sparse-ease:neighbours=64", "ials:rank=64,iterations=15"]


def main():
    shares = [Fraction(share) for share in sys.argv[1:] or ["1/16", "1/4", "1"]]
    print("| model | viewers | taken up | seconds | data, MB | peak, MB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for recipe in RECIPES:
        for share in shares:
            run = subprocess.run([PROGRAM, str(float(share)), recipe], check=True, capture_output=True, text=True)
            found = json.loads(run.stdout)
            print(f"| {found['recipe']} | {found['viewers']:,} | {found['entries']:,} | {found['seconds']:.1f}"
                  f" | {found['data_mb']:,} | {found['peak_mb']:,} |", flush=True)


if __name__ == "__main__":
    main()
