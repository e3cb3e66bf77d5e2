"""Compares the host's models with numpy's EASE and PyPI's implicit, on the same splits, and prints the tables of
docs/recommenders.md.

usage: python3 Benchmarks/recommenders.py [MOVIELENS_FOLDER ...]

Without folders: MovieLens' ml-100k where it is in ../shared/data, and made-up viewers of the size of MovieLens 1M.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy
import scipy.sparse
from threadpoolctl import threadpool_limits

from made_up_ratings import make_viewers
from run import HERE, HOST

CORES = os.cpu_count()
RANK, ITERATIONS = 64, 15


def main():
    folders = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="viewerhost-bench-") as place:
        if not folders:
            small = os.path.join(HERE, "../../shared/data/ml-100k")
            folders = [small] if os.path.exists(small) else []
            folders.append(make_viewers(f"{place}/made-up-1m"))
        for folder in folders:
            store = f"{place}/{os.path.basename(os.path.normpath(folder))}.sqlite"
            subprocess.run([HOST, "run", folder, "--no-plugins", "--store", store, "--quiet"], check=True)
            for protocol in ("strong", "last"):
                compare(folder, store, protocol, f"{place}/split")


def compare(folder, store, protocol, split):
    models = ["popularity", "neighbours", "ease", f"ials:rank={RANK},iterations={ITERATIONS}"]
    command = [HOST, "evaluate", "--store", store, "--protocol", protocol, "--save-split", split, "--json"]
    lines = subprocess.run(command + [word for model in models for word in ("--model", model)],
                           check=True, capture_output=True, text=True).stdout.splitlines()
    titles = 1 + max(int(row["title"]) for name in ("training", "known", "hidden") for row in rows(split, name))
    training, known, hidden = (matrix(split, name, titles) for name in ("training", "known", "hidden"))
    print(f"\n{os.path.basename(os.path.normpath(folder))}, {protocol}: {training.shape[0]:,} viewers and {training.nnz:,} titles"
          f" taken up to train with, {titles:,} titles, {known.shape[0]:,} viewers asked about\n")
    print("| model | training, s | Recall@20 | Recall@50 | NDCG@10 | NDCG@100 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for line in lines:
        found = json.loads(line)
        numbers = [found["metrics"][name]["mean"] for name in ("Recall@20", "Recall@50", "NDCG@10", "NDCG@100")]
        show("host " + found["model"], found["training_seconds"], numbers)
    for name, train in (("numpy popularity", popularity), ("numpy EASE", ease), ("implicit ALS, its defaults", als),
                        ("implicit ALS, regularization 30, alpha 2", tuned_als)):
        seconds, score = train(training)
        show(name, seconds, measure(score, known, hidden))


def show(name, seconds, numbers):
    print(f"| {name} | {seconds:.2f} | " + " | ".join(f"{number:.4f}" for number in numbers) + " |", flush=True)


def rows(split, name):
    with open(f"{split}/{name}.csv") as file:
        yield from csv.DictReader(file)


def matrix(split, name, titles):
    pairs = [(int(row["viewer"]), int(row["title"])) for row in rows(split, name)]
    places = numpy.array(pairs).T
    return scipy.sparse.csr_matrix((numpy.ones(len(pairs), numpy.float32), places), shape=(places[0].max() + 1, titles))


def popularity(training):
    counts = numpy.asarray(training.sum(axis=0)).ravel()
    return 0, lambda known: numpy.tile(counts, (known.shape[0], 1))


def ease(training, regularization=500):
    started = time.monotonic()
    with threadpool_limits(CORES):
        gram = (training.T @ training).toarray().astype(numpy.float32)
        numpy.fill_diagonal(gram, gram.diagonal() + regularization)
        inverse = numpy.linalg.inv(gram)
        weights = inverse / -numpy.diag(inverse)
        numpy.fill_diagonal(weights, 0)
    return time.monotonic() - started, lambda known: known @ weights


def als(training, **options):
    import implicit

    model = implicit.als.AlternatingLeastSquares(
        factors=RANK, iterations=ITERATIONS, num_threads=CORES, random_state=1, use_gpu=False, **options)
    started = time.monotonic()
    with threadpool_limits(1, "blas"):
        model.fit(training, show_progress=False)
    seconds = time.monotonic() - started
    return seconds, lambda known: model.recalculate_user(numpy.arange(known.shape[0]), known) @ model.item_factors.T


def tuned_als(training):
    return als(training, regularization=30, alpha=2)


def measure(score, known, hidden):
    """Recall@20 and @50 (divided by the lesser of both), NDCG@10 and @100, after Liang et al. 2018."""
    sums, count = numpy.zeros(4), known.shape[0]
    for start in range(0, count, 500):
        scores = numpy.array(score(known[start : start + 500]), dtype=numpy.float64)
        scores[known[start : start + 500].nonzero()] = -numpy.inf
        order = numpy.argsort(-scores, axis=1, kind="stable")[:, :100]
        truth = hidden[start : start + 500].toarray() > 0
        hits = numpy.take_along_axis(truth, order, axis=1)
        wanted = truth.sum(axis=1)
        gains = 1 / numpy.log2(numpy.arange(2, 102))
        for place, length in ((0, 20), (1, 50)):
            sums[place] += (hits[:, :length].sum(axis=1) / numpy.minimum(wanted, length)).sum()
        for place, length in ((2, 10), (3, 100)):
            best = numpy.cumsum(gains)[numpy.minimum(wanted, length) - 1]
            sums[place] += ((hits[:, :length] * gains[:length]).sum(axis=1) / best).sum()
    return sums / count


if __name__ == "__main__":
    main()
