#!/usr/bin/env python3
"""Compares releases of `host privacy statistics` with OpenDP's: the same query, the same epsilon, the errors side by side.

    scripts/bootstrap bench && PYTHONPATH=.build-bench python3 Benchmarks/private_statistics.py

Makes a store of 2,000 made-up viewers, each with plays of at most three of 20 titles, so that nothing is cut off, and counts viewers
by title again and again. Prints, for each noise, the standard deviation and the quantiles of the errors' magnitudes, and how long
one release takes: host's with opening the store and reading the log, OpenDP's with the true counts at hand.
"""

import json
import math
import os
import random
import statistics
import subprocess
import tempfile
import time

import opendp.prelude as dp

dp.enable_features("contrib")

HOST = os.path.abspath(".build/release/host")
VIEWERS, TITLES, MOST = 2000, 20, 3
EPSILON, DELTA = "0.5", "1e-9"
RELEASES = 200


def make_store(folder):
    draw = random.Random(11)
    truth = [0] * TITLES
    with open(f"{folder}/events.ndjson", "w") as file:
        for viewer in range(VIEWERS):
            for title in draw.sample(range(TITLES), draw.randint(1, MOST)):
                truth[title] += 1
                event = {
                    "specversion": "1.0", "id": f"{viewer}-{title}", "source": "bench", "type": "playback.stopped",
                    "subject": f"viewer-{viewer}", "time": "2026-02-01T20:00:00Z",
                    "data": {"title_id": f"title-{title:02}", "seconds_watched": 3600},
                }  # fmt: skip
                file.write(json.dumps(event, separators=(",", ":")) + "\n")
    run(folder, "run", "events.ndjson", "--no-plugins", "--store", "s.sqlite", "--quiet")
    run(folder, "privacy", "statistics", "--store", "s.sqlite", "--budget", "--epsilon", "100", "--delta", "1e-3")
    return truth


def run(folder, *arguments):
    return subprocess.run([HOST, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def copy_of(folder):
    """A store's budget is for all its releases: each row of the table has a copy of its own."""
    copy = tempfile.mkdtemp(dir=folder)
    subprocess.run(["cp", f"{folder}/s.sqlite", copy], check=True)
    return copy


def host(folder, truth, *options):
    store = copy_of(folder)
    known = [part for title in range(TITLES) for part in ("--value", f"title-{title:02}")]
    errors, seconds = [], []
    for _ in range(RELEASES):
        started = time.monotonic()
        output = run(
            store, "privacy", "statistics", "--store", "s.sqlite", "--by", "title_id", *known, "--groups-per-viewer",
            str(MOST), "--epsilon", EPSILON, "--json", *options,
        )  # fmt: skip
        seconds.append(time.monotonic() - started)
        for row in json.loads(output)["rows"]:
            errors.append(row["viewers"] - truth[int(row["values"][0][6:])])
    return errors, seconds


def opendp(measurement, truth):
    errors, seconds = [], []
    for _ in range(RELEASES):
        started = time.monotonic()
        released = measurement(truth)
        seconds.append(time.monotonic() - started)
        errors += [noisy - true for noisy, true in zip(released, truth)]
    return errors, seconds


def opendp_laplace():
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    return dp.binary_search_chain(lambda scale: dp.m.make_laplace(*space, scale=scale), d_in=MOST, d_out=float(EPSILON))


def opendp_gaussian():
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l2_distance(T=float)

    def epsilon(scale):
        measurement = dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*space, scale=scale))
        return measurement.map(math.sqrt(MOST)).epsilon(float(DELTA))

    low, high = 1.0, 1000.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if epsilon(middle) <= float(EPSILON) else (middle, high)
    return dp.m.make_gaussian(*space, scale=high)


def opendp_threshold():
    """The least threshold at which OpenDP's delta is not more than ours."""
    domain = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    threshold = 1
    while True:
        measurement = dp.m.make_laplace_threshold(domain, metric, scale=MOST / float(EPSILON), threshold=threshold)
        if measurement.map((MOST, MOST, 1))[1] <= float(DELTA):
            return threshold
        threshold += 1


def shown_alone(runs=40_000):
    """How often OpenDP's threshold of 5 with a scale of 1 shows a key that one viewer has: by its own map, and in so many runs."""
    domain = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    measurement = dp.m.make_laplace_threshold(domain, metric, scale=1.0, threshold=5)
    return measurement.map((1, 1, 1))[1], sum(len(measurement({"key": 1})) for _ in range(runs)) / runs


def row(name, errors, seconds):
    sizes = sorted(abs(error) for error in errors)
    quantiles = [sizes[int(len(sizes) * share)] for share in (0.5, 0.95, 0.99)]
    print(
        f"| {name} | {len(errors):,} | {statistics.mean(errors):+.2f} | {statistics.pstdev(errors):.2f} | "
        + " | ".join(f"{quantile}" for quantile in quantiles)
        + f" | {statistics.median(seconds) * 1000:.1f} ms |"
    )


def main():
    with tempfile.TemporaryDirectory() as folder:
        truth = make_store(folder)
        print(f"viewers by title, epsilon {EPSILON}, at most {MOST} titles for each viewer")
        print("| | errors | mean | standard deviation | median size | 95 % | 99 % | one release |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        row("host, Laplace", *host(folder, truth))
        row("OpenDP 0.16.0, Laplace", *opendp(opendp_laplace(), truth))
        gaussian = ["--mechanism", "gaussian", "--delta", DELTA]
        row(f"host, Gaussian, delta {DELTA}", *host(folder, truth, *gaussian))
        row(f"OpenDP 0.16.0, Gaussian, delta {DELTA}", *opendp(opendp_gaussian(), truth))
        plan = json.loads(
            run(
                folder, "privacy", "statistics", "--store", "s.sqlite", "--by", "title_id", "--groups-per-viewer", str(MOST),
                "--epsilon", EPSILON, "--delta", DELTA, "--dry-run", "--json",
            )
        )  # fmt: skip
        print(f"keys of titles that are not known: shown from {plan['threshold']} viewers on, noise included")
        print(f"OpenDP 0.16.0, make_laplace_threshold with the same scale and delta: threshold {opendp_threshold()}")
        said, seen = shown_alone()
        print(f"OpenDP 0.16.0, scale 1, threshold 5: shows a key of one viewer in {said:.4f} by its map, in {seen:.4f} of runs")


main()
