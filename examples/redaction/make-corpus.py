#!/usr/bin/env python3
"""Writes the labelled texts for `host evaluate redaction` to standard output, one JSON object a line.

    python3 examples/redaction/make-corpus.py held-out > held-out.ndjson
    python3 examples/redaction/make-corpus.py development --copies 5 > development.ndjson

Sections name a language, a type of event and its field: `[en review.written text]`. In a text, `{kind.form:value}` is a
value with its label, `{kind.form}` one that is made up, and `{=thing}` something made up that belongs to nobody. The texts
in held-out.txt and development.txt were written by hand; templates are copied so many times, with other values each time.
The same arguments give the same bytes.
"""

import argparse
import json
import pathlib
import random
import re

import numbers_of_people as numbers
import people_and_places as places

FOLDER = pathlib.Path(__file__).parent
SECTION = re.compile(r"\[(\w\w) ([\w.]+) (\w+)\]")
SLOT = re.compile(r"\{(=?)(\w+)(?:\.(\w+))?(?:\|(\w+))?(?::([^}]*))?\}")
OBFUSCATED = {
    "en": [(" (at) ", " (dot) "), ("[at]", "[dot]"), (" at ", " dot "), (" AT ", " DOT "), ("(at)", "."), (" {at} ", ".")],
    "de": [(" (at) ", " (punkt) "), ("[at]", "[punkt]"), (" at ", " punkt "), ("(at)", "."), (" [ät] ", ".")],
    "fr": [(" arobase ", " point "), (" (at) ", " (point) "), ("[arobase]", "[point]"), ("(at)", ".")],
    "es": [(" arroba ", " punto "), (" (arroba) ", " (punto) "), ("[at]", "[punto]"), ("(at)", ".")],
    "nl": [(" apenstaartje ", " punt "), (" (at) ", " (punt) "), ("[at]", "[punt]"), ("(at)", ".")],
    "it": [(" chiocciola ", " punto "), (" (chiocciola) ", " (punto) "), ("[at]", "[punto]"), ("(at)", ".")],
}
EPISODES = {"en": "Season {} episode {}", "de": "Staffel {} Folge {}", "fr": "Saison {} épisode {}",
            "es": "Temporada {} episodio {}", "nl": "Seizoen {} aflevering {}", "it": "Stagione {} episodio {}"}


class Draw:
    """Random choices that are the same with every version of Python."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, count):
        return int(self.random() * count)

    def choice(self, values):
        return values[self.below(len(values))]


class Maker:
    """Makes up the values of one language and part."""

    def __init__(self, language, part, draw):
        self.language, self.part, self.draw = language, part, draw

    def own(self, values):
        return self.draw.choice(places.half(values, self.part))

    def make(self, kind, form, style):
        maker = getattr(self, f"{kind}_{form}", None) or getattr(self, kind)
        return maker(style) if kind == "name" else maker()

    def name(self, style):
        first = self.own(places.FIRST[self.language].split())
        last = self.own(places.LAST[self.language].split("|"))
        if style == "lower":
            return f"{first} {last}".lower()
        if style:
            return {"first": first, "last": last}[style]
        initial = self.draw.choice("ABCEHJMRST")
        return self.draw.choice([f"{first} {last}"] * 6 + [first, f"{first} {initial}. {last}"])

    def local_part(self):
        first = self.own(places.FIRST["en"].split()).lower()
        last = self.own(["kent", "vogel", "petit", "rivas", "smit", "conti", "lund", "nowak", "silva", "ito"])
        year = 50 + self.draw.below(60)
        return self.draw.choice(
            [f"{first}.{last}", f"{first}_{last}{year}", f"{first[0]}{last}", f"{first}+tv", f"{last}-{first}", f"{first}{year}"])

    def email_plain(self):
        address = f"{self.local_part()}@{self.own(places.DOMAINS.split('|'))}"
        return address.upper() if self.draw.below(12) == 0 else address

    def email_obfuscated(self):
        at, dot = self.draw.choice(OBFUSCATED[self.language])
        return self.local_part() + at + self.own(places.DOMAINS.split("|")).replace(".", dot)

    def phone_national(self):
        return numbers.fill(self.draw.choice(numbers.NATIONAL[self.language]), self.draw)

    def phone_international(self):
        return numbers.fill(self.draw.choice(numbers.INTERNATIONAL), self.draw)

    def phone_extension(self):
        pattern = self.draw.choice(numbers.NATIONAL[self.language] + numbers.INTERNATIONAL)
        return numbers.fill(pattern + self.draw.choice(numbers.EXTENSIONS[self.language]), self.draw)

    def card(self):
        return numbers.card(self.draw)

    def iban(self):
        return numbers.iban(self.draw)

    def ip_v4(self):
        return numbers.ipv4(self.draw)

    def ip_v6(self):
        return numbers.ipv6(self.draw)

    def address_street(self):
        return self.own(places.STREETS[self.language].split("|")).format(n=1 + self.draw.below(240))

    def address_full(self):
        return f"{self.address_street()}, {self.own(places.TOWNS[self.language].split('|'))}"

    def actor(self):
        return self.own(places.ACTORS.split("|"))

    # What belongs to nobody.

    def title(self):
        return self.own(places.TITLES.split("|"))

    def digits(self, count):
        return "".join(self.draw.choice("0123456789") for _ in range(count))

    def hex(self, count):
        return "".join(self.draw.choice("0123456789abcdef") for _ in range(count))

    def price(self):
        units, cents = 1 + self.draw.below(300), self.draw.choice(["99", "49", "50"])
        return self.draw.choice([f"{units},{cents} €", f"€ {units}.{cents}", f"${units}.{cents}", f"{units}.{cents} GBP", f"{units} EUR"])

    def date(self):
        day, month, year = 1 + self.draw.below(28), 1 + self.draw.below(12), 2015 + self.draw.below(11)
        return self.draw.choice([
            f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}", f"{day:02}-{month:02}-{year}"])

    def expiry(self):
        return f"{1 + self.draw.below(12):02}/{26 + self.draw.below(6)}"

    def time(self):
        hour, minute, second = self.draw.below(24), self.draw.below(60), self.draw.below(60)
        return self.draw.choice([f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}:{second:02}", f"{hour}.{minute:02}"])

    def order(self):
        return self.draw.choice([
            f"{self.digits(3)}-{self.digits(7)}-{self.digits(4)}", f"#{self.digits(6)}", f"2024-{self.digits(5)}",
            f"ORD{self.digits(8)}", f"4{self.digits(7)}", f"{self.digits(2)}/{self.digits(4)}/24"])

    def version(self):
        numbers_of_it = [1 + self.draw.below(12), self.draw.below(40), self.draw.below(10)]
        build = [300 + self.draw.below(9000)] if self.draw.below(2) else []
        return ".".join(map(str, numbers_of_it + build))

    def uuid(self):
        return "-".join(self.hex(count) for count in (8, 4, 4, 4, 12))

    def mac(self):
        separator = self.draw.choice([":", ":", "-"])
        return separator.join(self.hex(2) for _ in range(6)).upper()

    def badcard(self):
        return numbers.card(self.draw, is_valid=False)

    def badiban(self):
        return numbers.iban(self.draw, is_valid=False)

    def episode(self):
        season, episode = 1 + self.draw.below(9), 1 + self.draw.below(24)
        return self.draw.choice([EPISODES[self.language].format(season, episode), f"S{season:02}E{episode:02}", f"{season}x{episode:02}"])

    def rating(self):
        stars = 1 + self.draw.below(10)
        return self.draw.choice([f"{stars}/10", f"{stars},5/10", f"{stars * 10} %", f"{stars}-10"])


def labelled(text, maker):
    """The text as it is written, and where in its UTF-8 the labelled values are."""
    output, spans, place = b"", [], 0
    for slot in SLOT.finditer(text):
        output += text[place:slot.start()].encode()
        place = slot.end()
        is_nobodys, kind, form, style, value = slot.groups()
        made = (value if value is not None else maker.make(kind, form, style)).encode()
        if not is_nobodys:
            label = {"start": len(output), "end": len(output) + len(made), "kind": kind}
            spans.append({**label, "form": form} if form else label)
        output += made
    return (output + text[place:].encode()).decode(), spans


def texts(path):
    """The language, type, field and text of each line."""
    section = None
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = SECTION.fullmatch(line)
        if heading:
            section = heading.groups()
        elif line:
            yield *section, line.replace("\\n", "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["development", "held-out"])
    parser.add_argument("--copies", type=int, default=20, help="of each template (default: 20)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    part, draw = arguments.part, Draw(arguments.seed)
    written = [(*line, "written") for line in texts(FOLDER / f"{part}.txt")]
    templates = [(*line, "made up") for line in texts(FOLDER / f"templates-{part}.txt")]
    for language, kind, field, text, origin in written + templates * arguments.copies:
        text, spans = labelled(text, Maker(language, part, draw))
        line = {"text": text, "language": language, "type": kind, "field": field, "group": origin, "spans": spans}
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
