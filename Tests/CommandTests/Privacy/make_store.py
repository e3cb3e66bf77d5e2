"""Writes events of a random store to standard output: make_store.py SEED VIEWERS

Each viewer has a word that nobody else's events have. Viewers are merged and split, refuse and consent, send Global Privacy
Control, and have events that the redactor `fails.lua` fails on. The first of them are never merged, and refuse no advertising.
"""

import json
import random
import sys

draw = random.Random(int(sys.argv[1]))
viewers = [f"viewer-{n}" for n in range(int(sys.argv[2]))]
willing = viewers[:14]
second = 0
number = 0


def event(kind, subject, data, time=True, **others):
    global second, number
    number += 1
    second += draw.randrange(1, 4000)
    at = f"2026-01-{second // 86400 % 28 + 1:02d}T{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"
    head = {"specversion": "1.0", "id": f"e{number}", "source": draw.choice(["app", "web"]), "type": kind}
    if subject:
        head["subject"] = subject
    if time:
        head["time"] = at
    print(json.dumps({**head, **others, "data": data}, ensure_ascii=draw.random() < 0.5, separators=(",", ":")))


def word(subject):
    return f"word-of-{subject}-only"


def anything(subject):
    title = {"title": f"{word(subject)} {draw.randrange(5)}", "device": draw.choice(["smart tv", "tablet"])}
    kind = draw.randrange(14)
    if kind < 3:
        event("playback.stopped", subject, {**title, "seconds_watched": draw.randrange(5000), "startup_ms": draw.randrange(900)})
    elif kind == 3:
        event("search.made", subject, {"query": f"{word(subject)} \"quoted\", and more"})
    elif kind == 4:
        event("rating.given", subject, {**title, "rating": draw.randrange(1, 6), "scale": "stars"})
    elif kind == 5:
        purpose = draw.choice(["advertising", "personalization", "quality"])
        granted = draw.random() < 0.7 or subject in willing and purpose == "advertising"
        event("consent.changed", subject, {"purpose": purpose, "granted": granted})
    elif kind == 6:
        event("ad.shown", subject, {"advertiser": f"{word(subject)} Ltd", "campaign": "c", "gpc": draw.random() < 0.1 and subject not in willing})
    elif kind == 7:
        event("supplement.interest", subject, {"provider": "Example Data", "interests": [word(subject), "trains"]})
    elif kind == 8:
        event("account.updated", subject, {"email": f"{word(subject)}@example.com", "settings": {"a": [1, {"b": word(subject)}]}})
    elif kind == 9:
        event("made.up", subject, {"field": word(subject), "other": [1, 2]}, extension=word(subject))
    elif kind == 10:
        event("made.up", subject, [word(subject)])
    elif kind == 11:
        event("session.started", subject, {"user_agent": word(subject), "ip": "192.0.2.1"}, time=draw.random() < 0.5)
    elif kind == 12:
        event("recommendation.shown", subject, {**title, "row": word(subject), "position": 1})
    else:
        event("review.written", subject, {**title, "text": f"fails {word(subject)}"})


for n in range(12):
    event("title.added", None, {"title": f"Title {n}", "title_id": f"t{n}", "genres": ["Drama"], "duration_seconds": 5400})
for viewer in viewers:
    event("consent.changed", viewer, {"purpose": "advertising", "granted": True})
    for _ in range(3):
        event("playback.stopped", viewer, {"title": word(viewer), "seconds_watched": 3000})
merged = []
for step in range(len(viewers) * 20):
    anything(draw.choice(viewers))
    if step % 40 == 17:
        one, other = draw.sample(viewers[len(willing):], 2)
        event("viewer.merged", one, {"from": other})
        merged.append((one, other))
    if step % 90 == 88 and merged:
        one, other = merged.pop(draw.randrange(len(merged)))
        event("viewer.split", one, {"from": other})
