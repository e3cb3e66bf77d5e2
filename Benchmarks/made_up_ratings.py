"""Viewers who rate titles, in MovieLens' layout."""

import os

import numpy


def make_viewers(folder, viewers=5949, titles=2810, ratings=640_000, rank=24):
    """Ratings in MovieLens' layout: long-tailed, from tastes and titles that lie in a space of some dimensions."""
    random = numpy.random.default_rng(1)
    os.makedirs(folder)
    tastes, places = random.normal(size=(viewers, rank)), random.normal(size=(titles, rank)) / rank**0.5
    fame = -0.9 * numpy.log(1 + random.permutation(titles))
    counts = random.lognormal(4.2, 0.9, viewers)
    counts = numpy.clip(counts * ratings / counts.sum(), 20, titles // 2).astype(int)
    with open(f"{folder}/movies.csv", "w") as file:
        file.write("movieId,title,genres\n")
        for title in range(titles):
            genre = ["Drama", "Comedy", "Thriller", "Documentary", "Animation"][int(numpy.argmax(places[title, :5]))]
            file.write(f"{title + 1},Title {title + 1} (2000),{genre}\n")
    with open(f"{folder}/ratings.csv", "w") as file:
        file.write("userId,movieId,rating,timestamp\n")
        for viewer in range(viewers):
            wishes = 1.6 * places @ tastes[viewer] + fame + random.gumbel(size=titles)
            for order, title in enumerate(numpy.argsort(-wishes)[:counts[viewer]]):
                rating = 3 if random.random() < 0.1 else 5
                file.write(f"{viewer + 1},{title + 1},{rating},{1_000_000_000 + int(random.random() * 1e8)}\n")
    return folder
