#!/usr/bin/env python3
"""Writes the events of made-up viewers to standard output, in the order in which a service would receive them.

    python3 examples/make-viewers.py > viewers.ndjson
    python3 examples/make-viewers.py --viewers 2000 --until 2026-06-01 > viewers.ndjson
    python3 examples/make-viewers.py --events 1000000 > million.ndjson

Among them: binge evenings, night owls, viewers who stay away, parents who watch children's titles on their own profile,
searches on a phone while the television plays, travellers, children's profiles, consent that is given, refused and
withdrawn, Global Privacy Control, and advertisements that are shown too often. And what goes wrong in a real log: late
events, duplicates, values that are missing, a clock in 2099, a visitor who turns out to be a known viewer, an app that
starts slowly and a region that stalled for an evening. The same options give the same bytes.
"""

import argparse
import datetime
import heapq
import json
import random
import sys

SOURCE = "examples/viewers"
DAY = 86400

# Series by name: genres, maturity rating, episodes, minutes.
SERIES = {
    "Night Trains": (["Drama", "Crime"], "16", 8, 48),
    "The Long Field": (["Drama"], "12", 6, 55),
    "Harbour Nine": (["Crime", "Thriller"], "16", 6, 44),
    "Kitchen Wars": (["Reality", "Comedy"], "6", 6, 28),
    "Bobo the Badger": (["Kids", "Animation"], "0", 6, 11),
}
# Films by name: genres, maturity rating, minutes.
FILMS = {
    "A Winter in Lisbon": (["Drama", "Romance"], "12", 112),
    "Salt Roads": (["Documentary", "Travel"], "0", 84),
    "Islands by Boat": (["Documentary", "Travel"], "0", 76),
    "The Last Ferryman": (["Drama"], "12", 127),
    "Double Booked": (["Comedy"], "12", 94),
    "Signal Lost": (["Science Fiction"], "16", 118),
    "The Snow Fox": (["Kids", "Animation"], "0", 81),
    "Quiet Engines": (["Thriller"], "16", 103),
}
KIDS = [name for table in (SERIES, FILMS) for name, (genres, *_) in table.items() if "Kids" in genres]
DRAMAS = [name for table in (SERIES, FILMS) for name, (genres, *_) in table.items() if "Drama" in genres]

# Region: country, hours ahead of UTC.
REGIONS = {"Praha": ("CZ", 1), "Bayern": ("DE", 1), "Wales": ("GB", 0), "Lisboa": ("PT", 0), "Uusimaa": ("FI", 2)}
DEVICES = ["smart tv", "smart tv", "smart tv", "streaming box", "smartphone", "tablet", "computer"]
VERSIONS = ["7.2.0", "7.3.1", "7.3.1", "7.4.0"]
SLOW_VERSION = "7.4.0"
CAMPAIGNS = ["spring-sale", "city-trips", "new-phone", "oat-drinks"]
TRAVEL_PAGES = ["lisbon-in-spring", "night-trains-of-europe", "island-ferries", "cheap-rail-passes"]
TOPICS = ["delivery of the invoice", "picture stalls", "cannot sign in", "cancel my plan"]
NAMES = ["Anna", "Petr", "Lena", "Tom", "Inês", "Aino", "Owen", "Marta", "Jonas", "Eva"]

encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def make_titles():
    """Titles by the name of their series or film: lists of (id, name, series or None, seconds, genres, rating)."""
    titles = {}
    for name, (genres, rating, count, minutes) in SERIES.items():
        key = name.lower().replace(" ", "-")
        titles[name] = [
            (f"{key}-{n}", f"{name}: Episode {n}", name, minutes * 60, genres, rating) for n in range(1, count + 1)
        ]
    for name, (genres, rating, minutes) in FILMS.items():
        titles[name] = [(name.lower().replace(" ", "-"), name, None, minutes * 60, genres, rating)]
    return titles


class Viewer:
    """One subject: an account's profile, and its habits."""

    def __init__(self, draw, number, account, name, is_kid):
        chance = draw.random
        self.subject = f"account-{account}/{name}"
        self.number, self.account, self.name, self.is_kid = number, account, name, is_kid
        self.region = draw.choice(list(REGIONS))
        self.country, self.offset = REGIONS[self.region]
        self.device, self.version = draw.choice(DEVICES), draw.choice(VERSIONS)
        self.activity = draw.uniform(0.15, 0.6)
        self.has_ads, self.has_gpc = chance() < 0.5 and not is_kid, chance() < 0.04
        self.is_binger, self.is_owl, self.is_parent = chance() < 0.2, chance() < 0.15, chance() < 0.12
        self.likes_drama, self.searches, self.travels = chance() < 0.35, chance() < 0.18, chance() < 0.2
        self.last_day = draw.randrange(20, 45) if chance() < 0.12 else None
        self.refuses_on = draw.randrange(5, 55) if chance() < 0.05 else None
        consent = chance()
        self.consent = True if consent < 0.7 else False if consent < 0.85 else None


class Service:
    """What the service sees, day by day."""

    def __init__(self, options):
        self.draw = random.Random(options.seed)
        self.options = options
        self.titles = make_titles()
        self.names = list(self.titles)
        until = datetime.date.fromisoformat(options.until)
        self.start = (until - datetime.date(1970, 1, 1)).days - options.days
        self.days = {}
        self.queue, self.count, self.ids = [], 0, 0
        self.viewers = []
        account = 0
        while len(self.viewers) < options.viewers:
            account += 1
            for is_kid in [False, True] if self.draw.random() < 0.15 else [False]:
                name = "Kids" if is_kid else self.draw.choice(NAMES)
                self.viewers.append(Viewer(self.draw, len(self.viewers), account, name, is_kid))
        del self.viewers[options.viewers :]

    # Events

    def text_of(self, time, offset):
        day, second = divmod(int(time) + offset * 3600, DAY)
        if day not in self.days:
            self.days[day] = (datetime.date(1970, 1, 1) + datetime.timedelta(day)).isoformat()
        zone = f"+{offset:02d}:00" if offset else "Z"
        return f"{self.days[day]}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}{zone}"

    def add(self, kind, viewer, time, data, received=None):
        """An event of a viewer (or of a subject's name, or of None) at a time in seconds since 1970."""
        self.ids += 1
        offset, subject = 0, f'"subject":"{viewer}",' if viewer else ""
        if isinstance(viewer, Viewer):
            offset, subject = viewer.offset, f'"subject":"{viewer.subject}",'
            if not kind.startswith(("supplement.", "viewer.")):
                data["profile"] = viewer.name
                if viewer.is_kid:
                    data["is_kids"] = True
        luck = self.draw.random()
        if received is None:
            # One in a hundred comes hours or days late, from a device that was offline.
            received = time + (self.draw.uniform(3600, 3 * DAY) if luck < 0.01 else 0)
        head = f'{{"specversion":"1.0","id":"v{self.ids}","source":"{SOURCE}","type":"{kind}"'
        line = f'{head},{subject}"time":"{self.text_of(time, offset)}","data":{encode(data)}}}'
        heapq.heappush(self.queue, (received, self.ids, line))
        if luck > 0.995:
            heapq.heappush(self.queue, (received + 60, self.ids, line))

    def write(self, until):
        """Writes what was received before a time; false where there is enough."""
        limit = self.options.events
        while self.queue and self.queue[0][0] < until:
            if limit is not None and self.count >= limit:
                return False
            sys.stdout.write(heapq.heappop(self.queue)[2] + "\n")
            self.count += 1
        return True

    # What happens

    def run(self):
        first = self.start * DAY
        self.open_catalogue(first)
        days, events = self.options.days, self.options.events
        joining = [0] * (days + 1)
        for viewer in self.viewers:
            viewer.joins_on = self.joined(viewer)
            joining[viewer.joins_on] += 1
        # A viewer makes two events a day, and three by joining.
        count = len(self.viewers)
        pace = 1.0 if events is None else min(6.0, max(0.02, (events / count - 3) / days / 2))
        for day in range(days):
            made = self.ids
            for viewer in self.viewers:
                self.live(viewer, day, pace)
            if day == days // 2:
                self.odd_events(first + day * DAY)
            # Near the number of events that was asked for, whatever the habits are.
            if events is not None:
                wanted = (events * 1.02 - self.ids - 3 * sum(joining[day + 1 :])) / max(1, days - day - 1)
                played = max(1, self.ids - made - 3 * joining[day])
                pace = min(6.0, max(0.02, pace * wanted / played))
            self.write(first + (day + 1) * DAY)
        self.write(float("inf"))

    def joined(self, viewer):
        """The day on which the viewer came: most before the first day, some in the first half."""
        return 0 if viewer.number % 4 else viewer.number // 4 * 7 % max(1, self.options.days // 2)

    def open_catalogue(self, time):
        for titles in self.titles.values():
            for key, name, series, seconds, genres, rating in titles:
                data = {"title": name, "title_id": key, "genres": genres, "kind": "episode" if series else "film"}
                if series:
                    data["series"] = series
                self.add("title.added", None, time, {**data, "duration_seconds": seconds, "maturity_rating": rating}, time)

    def open_account(self, viewer, time):
        number = viewer.number
        data = {"is_kids": viewer.is_kid, "country": viewer.country, "plan": "with ads" if viewer.has_ads else "standard"}
        if viewer.is_kid:
            self.add("account.updated", viewer, time, {**data, "change": "profile"}, time)
            return
        contact = {"email": f"viewer{number}@example.com", "phone": f"+420 555 {number % 10000:04d}"}
        self.add("account.opened", viewer, time, {**data, **contact}, time)
        if viewer.consent is not None:
            self.add("consent.changed", viewer, time + 30, {"purpose": "advertising", "granted": viewer.consent}, time + 30)
        if number % 50 == 7:
            self.add("consent.changed", viewer, time + 40, {"purpose": "personalization", "granted": False}, time + 40)
        if viewer.travels and number % 3 == 0:
            interests = ["Travel", "Photography"]
            self.add("supplement.interest", viewer, time + 60, {"provider": "Example Data", "interests": interests})

    def live(self, viewer, day, pace):
        """One viewer's day."""
        draw, joined = self.draw, viewer.joins_on
        if day < joined:
            return
        midnight = (self.start + day) * DAY - viewer.offset * 3600
        if day == joined:
            self.open_account(viewer, midnight + 43200)
        if day == viewer.refuses_on and viewer.consent:
            data = {"purpose": "advertising", "granted": False}
            self.add("consent.changed", viewer, midnight + 50000, data, midnight + 50000)
        if viewer.last_day is not None and day > viewer.last_day:
            return
        if draw.random() > viewer.activity * pace:
            return
        begin = draw.gauss(20 if not viewer.is_kid else 16, 1.2) * 3600
        if viewer.is_owl and draw.random() < 0.8:
            begin = draw.uniform(24.2, 27) * 3600
        self.evening(viewer, day, midnight + begin)

    def evening(self, viewer, day, time):
        draw, chance = self.draw, self.draw.random
        session = {
            "country": viewer.country, "region": viewer.region, "device": viewer.device, "app_version": viewer.version,
            "ip": f"192.0.2.{viewer.number % 254 + 1}", "session_id": f"s{self.ids}", "activity": "login",
        }  # fmt: skip
        if viewer.has_gpc:
            session["gpc"] = True
        self.add("session.started", viewer, time, session)
        name = self.choose(viewer)
        if chance() < 0.12:
            self.search(viewer, time + 20, name, viewer.device, chance() < 0.7)
        if viewer.travels and chance() < 0.4:
            self.browse(viewer, time - draw.uniform(600, 20000))
        episodes = self.titles[name]
        count = draw.randrange(4, 7) if viewer.is_binger and len(episodes) > 3 and chance() < 0.5 else 1 + (chance() < 0.2)
        first = draw.randrange(max(1, len(episodes) - count + 1))
        time += 60
        for title in episodes[first : first + count]:
            time = self.play(viewer, day, time, title) + draw.uniform(5, 90)

    def choose(self, viewer):
        chance = self.draw.random()
        if viewer.is_kid or viewer.is_parent and chance < 0.4:
            return self.draw.choice(KIDS)
        if viewer.likes_drama and chance < 0.75:
            return self.draw.choice(DRAMAS)
        return self.draw.choice([name for name in self.names if name not in KIDS])

    def play(self, viewer, day, time, title):
        """Plays a title; returns when it ended."""
        draw, chance = self.draw, self.draw.random
        key, name, series, seconds, _, _ = title
        data = {"title": name, "title_id": key, "device": viewer.device, "region": viewer.region, "country": viewer.country}
        if series:
            data["series"] = series
        data["app_version"], data["playback_id"] = viewer.version, f"p{self.ids}"
        startup = draw.lognormvariate(6.6, 0.5) * (2.5 if viewer.version == SLOW_VERSION else 1)
        # Some players do not measure it, and one says so.
        measured = {} if chance() < 0.02 else {"startup_ms": None if chance() < 0.01 else round(startup)}
        self.add("playback.started", viewer, time, {**data, **measured})
        luck = chance()
        share = draw.uniform(0.9, 1) if luck < 0.68 else draw.uniform(0.05, 0.9) if luck < 0.92 else 0
        watched = int(seconds * share) if share else draw.randrange(5, 119)
        is_incident = viewer.region == "Bayern" and day == self.options.days - 10
        rebuffers = draw.randrange(3, 9) if is_incident else int(draw.expovariate(1.6))
        if viewer.has_ads:
            self.advertise(viewer, time, watched)
        if viewer.searches and chance() < 0.35:
            self.search(viewer, time + watched / 2, "where was " + name + " filmed", "smartphone", False)
        end = time + watched + rebuffers * 4
        quality = {"rebuffers": rebuffers, "rebuffer_seconds": rebuffers * 4, "bitrate_kbps": draw.randrange(2500, 9000)}
        errors = {"errors": 1} if rebuffers > 5 else {}
        stopped = {"position_seconds": watched, "seconds_watched": watched, **quality, **errors}
        self.add("playback.stopped", viewer, end, {**data, **stopped})
        if rebuffers > 5 and chance() < 0.3 or chance() < 0.004:
            topic = TOPICS[1] if rebuffers > 5 else draw.choice(TOPICS)
            support = {"channel": draw.choice(["chat", "phone"]), "topic": topic, "duration_seconds": draw.randrange(90, 1500)}
            self.add("support.contacted", viewer, end + 900, {**support, "country": viewer.country})
        if share > 0.9 and chance() < 0.06:
            rating = {"title": name, "title_id": key, "rating": draw.randrange(2, 6), "scale": "stars"}
            self.add("rating.given", viewer, end + 30, rating)
        return end

    def search(self, viewer, time, text, device, is_found):
        data = {"query": text.lower(), "device": device, "app_version": viewer.version, "country": viewer.country}
        if is_found:
            data.update(result=text, action="play")
        self.add("search.made", viewer, time, data)

    def browse(self, viewer, time):
        draw, page = self.draw, self.draw.choice(TRAVEL_PAGES)
        data = {"url": f"https://www.example.com/travel/{page}", "cookie_id": f"ck-{viewer.number}"}
        luck = draw.random()
        if luck < 0.6:
            self.add("page.visited", viewer, time, data)
        elif luck < 0.9:
            self.add("beacon.fired", viewer, time, {**data, "campaign": "newsletter"})
        else:
            topics = {"provider": "Example Data", "topics": ["Travel"], "visits": draw.randrange(1, 9)}
            self.add("supplement.browsing", viewer, time, topics)

    def advertise(self, viewer, time, watched):
        draw = self.draw
        # Most see the campaign of the week again and again.
        for number in range(1 + watched // 1500):
            campaign = CAMPAIGNS[viewer.number % 4] if draw.random() < 0.7 else draw.choice(CAMPAIGNS)
            shown = time + 1 + number * 1500
            ad = {"ad_id": f"{campaign}-{number % 2}", "campaign": campaign, "advertiser": "Example Ads", "placement": "break"}
            self.add("ad.shown", viewer, shown, ad)
            if draw.random() < 0.02:
                url = {"url": f"https://www.example.com/{campaign}"}
                self.add("ad.clicked", viewer, shown + 8, {**ad, **url})

    def odd_events(self, time):
        """A visitor who turns out to be the first viewer, and a device whose clock is in 2099."""
        viewer = self.viewers[0]
        data = {"url": "https://www.example.com/travel/island-ferries", "cookie_id": "ck-visitor"}
        for hour in range(3):
            self.add("page.visited", "visitor/ck-visitor", time + hour * 3600, data)
        self.add("viewer.merged", viewer, time + 4 * 3600, {"from": "visitor/ck-visitor"})
        clock = datetime.datetime(2099, 1, 1, tzinfo=datetime.timezone.utc).timestamp()
        late = {"title": "Night Trains: Episode 1", "title_id": "night-trains-1", "seconds_watched": 2800}
        self.add("playback.stopped", viewer, clock, late, time + 7200)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--viewers", type=int, help="how many (200; with --events, one for 20 of them)")
    parser.add_argument("--days", type=int, default=60, help="how many (60)")
    parser.add_argument("--until", default="2026-03-01", metavar="YYYY-MM-DD", help="the day after the last (2026-03-01)")
    parser.add_argument("--events", type=int, help="at most so many, and near it, spread over all days")
    parser.add_argument("--seed", type=int, default=7, help="another number makes other viewers (7)")
    options = parser.parse_args()
    if options.viewers is None:
        options.viewers = 200 if options.events is None else max(1, options.events // 20)
    try:
        Service(options).run()
    except BrokenPipeError:
        sys.stderr.close()


main()
