#!/usr/bin/env python3
"""Writes recommendations for made-up viewers, as NDJSON events on standard output.

Reads the events of make-viewers.py. In the last third of their days each viewer is shown titles by chance, with the
propensity of each, by the recommender `chance`; two experiments go on beside it: `rows`, in which each viewer gets one
variant, and `mixed-rows`, in which each list has titles of both. What a viewer likes is followed more often.
"""

import argparse
import collections
import datetime
import hashlib
import json
import random
import sys


def share(text):
    """As `host evaluate assign` does it."""
    return (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 11) * 2.0**-53


def day_of(text):
    return datetime.date.fromisoformat(text[:10])


def read(file):
    """Genres by title, the titles that each viewer played, and the first and the last day."""
    genres, plays, days = {}, collections.defaultdict(collections.Counter), []
    for line in file:
        event = json.loads(line)
        data = event.get("data", {})
        title = data.get("series") or data.get("title_id")
        if event["type"] == "title.added":
            genres[title] = set(data["genres"])
        elif event["type"] == "playback.stopped" and event["time"] < "2090":
            plays[event["subject"]][title] += 1
            days.append(day_of(event["time"]))
    return genres, plays, min(days), max(days)


class Recommender:
    """Shows titles to one viewer, who follows some of them."""

    def __init__(self, draw, viewer, genres, plays):
        self.draw, self.viewer, self.titles = draw, viewer, sorted(genres)
        favourites = collections.Counter()
        for title, count in plays.items():
            for genre in genres.get(title, ()):
                favourites[genre] += count
        liked = {genre for genre, _ in favourites.most_common(2)}
        self.chances = {title: 0.3 if genres[title] & liked else 0.04 for title in self.titles}

    def pick(self, knows):
        """A title, and how probable it was; a recommender that knows the viewer takes liked ones more often."""
        weights = [self.chances[title] if knows else 1 for title in self.titles]
        place = self.draw.choices(range(len(weights)), weights)[0]
        return self.titles[place], weights[place] / sum(weights)

    def show(self, time, position, knows, **fields):
        title, propensity = self.pick(knows)
        data = {"title_id": title, "position": position, "propensity": propensity, **fields}
        yield "shown", time, data
        if self.draw.random() < self.chances[title]:
            yield "chosen", time + datetime.timedelta(minutes=2), data


def evening(draw, recommender, viewer, time):
    for position in range(1, 5):
        yield from recommender.show(time, position, False, recommender="chance")
    variant = "control" if share(f"rows\0{viewer}") < 0.5 else "tastes"
    for position in range(1, 5):
        yield from recommender.show(
            time, position, variant == "tastes", recommender="row", experiment="rows", variant=variant
        )
    teams = [draw.sample(["control", "tastes"], 2) for _ in range(2)]
    for position, team in enumerate(sum(teams, []), 1):
        yield from recommender.show(
            time, position, team == "tastes", recommender="mix", experiment="mixed-rows", variant=team
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("viewers", type=argparse.FileType("r"), help="what make-viewers.py wrote")
    parser.add_argument("--seed", type=int, default=7, help="another number makes other recommendations (7)")
    options = parser.parse_args()
    draw = random.Random(options.seed)
    genres, plays, first, last = read(options.viewers)
    begin = first + (last - first) * 2 / 3
    count = 0
    for viewer in sorted(plays):
        recommender = Recommender(draw, viewer, genres, plays[viewer])
        for day in range(0, (last - begin).days, 3):
            time = datetime.datetime.combine(begin + datetime.timedelta(day), datetime.time(19))
            for kind, at, data in evening(draw, recommender, viewer, time):
                count += 1
                event = {
                    "specversion": "1.0", "id": f"r{count}", "source": "examples/recommendations",
                    "type": f"recommendation.{kind}", "subject": viewer, "time": at.isoformat() + "Z", "data": data,
                }  # fmt: skip
                sys.stdout.write(json.dumps(event, separators=(",", ":")) + "\n")


main()
