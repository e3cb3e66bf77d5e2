"""Compares access reports with the store that they are made of: check_report.py STORE EVENTS SCHEMA

For each viewer of the store the report is made, as a folder and as JSON, and compared in both directions with what the tables
have of the viewer and of those that are the same one. Prints `sound`, and how much was compared.
"""

import csv
import hashlib
import json
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import sys

import jsonschema
import sealed

store, events_file, schema_file = sys.argv[1:4]
# Every table, with what it has of viewers; one that is not named here fails the comparison.
TABLES = {
    "viewers": "subjects", "viewer_events": "events", "blocks": "events", "key_pages": "events", "identity_events": "identities",
    "viewer_states": "states", "audiences": "audiences", "quarantine": "quarantine", "disclosures": "disclosures",
    "audit": "requests", "written_files": "files",
    # Of no viewer: the service's catalogue, plugins, what counts of all viewers together, sources, settings.
    "titles": None, "folds": None, "groups": None, "checkpoints": None, "meta": None, "grdb_migrations": None, "sqlite_sequence": None,
    "privacy_budgets": None, "privacy_spending": None,
}  # fmt: skip
connection = sqlite3.connect(store)
tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
assert tables <= TABLES.keys(), f"nobody looks at {tables - TABLES.keys()}"
validator = jsonschema.Draft202012Validator(json.load(open(schema_file)))

sent = {}
for line in open(events_file, encoding="utf-8"):
    event = json.loads(line)
    sent[event["source"], event["id"]] = line.rstrip("\n")


def rows(query, *arguments):
    return connection.execute(query, arguments).fetchall()


def numbers(data):
    """LEB128."""
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


keys = sealed.Keys(connection)
log = {place: (viewer, body.decode()) for place, viewer, body in sealed.events(connection, keys)}
subjects = sealed.subjects(connection, keys)
kept = sealed.states(connection, keys)
indexed = {}
for viewer, positions in rows("SELECT viewer, positions FROM viewer_events ORDER BY last"):
    place = 0
    for difference in numbers(positions):
        place += difference
        indexed.setdefault(viewer, set()).add(place)
keyed = {place for (entries,) in rows("SELECT entries FROM key_pages") for _, _, place in struct.iter_unpack("<qqq", entries)}
assert keyed == log.keys()
identities = rows("SELECT position, viewer, other, is_merge FROM identity_events ORDER BY position")
folds = dict(rows("SELECT fold, name FROM folds"))
audiences = {(fold, viewer) for fold, page in rows("SELECT fold, viewers FROM audiences") for (viewer,) in struct.iter_unpack("<q", page)}
waiting = {key: json.loads(body) for key, _, _, _, _, body in sealed.quarantined(connection, keys)}
whose = dict(rows("SELECT key, viewer FROM quarantine"))
disclosed = [
    (recipient, subject, {viewer for (viewer,) in struct.iter_unpack("<q", viewers)})
    for recipient, subject, viewers in rows("SELECT recipient, subject, viewers FROM disclosures")
]


def states(viewer):
    """(fold, length) of what is kept of a viewer."""
    if viewer in kept:
        row, place = kept[viewer], 0

        def number():
            nonlocal place
            value = shift = 0
            while True:
                byte = row[place]
                place += 1
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    return value

        while place < len(row):
            fold, length = number(), number()
            place += length
            yield fold, length


def persons():
    """For each viewer the set of those that are the same one."""
    targets = {}

    def owner(viewer):
        while viewer in targets:
            viewer = targets[viewer]
        return viewer

    for _, viewer, other, is_merge in identities:
        one, two = owner(viewer), owner(other)
        if is_merge and one != two:
            targets[two] = one
        elif not is_merge and other in targets and one == two:
            del targets[other]
    everybody = set(subjects) | set(targets) | set(targets.values())
    return {viewer: {other for other in everybody if owner(other) == owner(viewer)} for viewer in everybody}


def same(what, found, expected):
    found, expected = sorted(found), sorted(expected)
    assert found == expected, f"{what}: {set(map(str, expected)) - set(map(str, found))} missing, {set(map(str, found)) - set(map(str, expected))} too many"


def run(*arguments):
    return subprocess.run(["host", "privacy", "report", *arguments, "--store", store], check=True, capture_output=True).stdout


made = []
compared = {"events": 0, "states": 0, "audiences": 0, "quarantine": 0, "disclosures": 0, "identities": 0, "merged": 0, "states of no fold": 0}
for viewer, person in persons().items():
    name = subjects[viewer]
    shutil.rmtree("report", ignore_errors=True)
    run(name, "--output", "report")
    text = open("report/report.json", encoding="utf-8").read()
    report = json.loads(text)
    validator.validate(report)
    printed = json.loads(run(name, "--json"))
    # That the first one was made is the last entry of the second one's audit log.
    assert printed["requests"].pop()["action"] == "access report made"
    made.append((person, report["requests"]))
    same("files", [(file["kind"], file["path"]) for file in printed["files"]], sealed.written(connection, keys, person))
    files, this = report.pop("files"), {"kind": "access_report", "path": str(pathlib.Path("report").resolve())}
    assert printed.pop("files") == files + [this] * (this not in files)
    del printed["made_at"], report["made_at"]
    assert printed == report

    # What the tables have.
    own = {place: body for place, (whose, body) in log.items() if whose in person}
    same("events", [entry["position"] for entry in report["events"]], own)
    same("index", set().union(*(indexed.get(number, set()) for number in person)), own)
    for entry in report["events"]:
        assert entry["event"] == json.loads(own[entry["position"]])
        assert sent[entry["event"]["source"], entry["event"]["id"]] == own[entry["position"]]
    lines = open("report/events.ndjson", encoding="utf-8").read().split("\n")[:-1]
    assert lines == [own[place] for place in sorted(own)]
    found = [(int(entry["number"]), entry["subject"]) for entry in report["viewer"]["subjects"]]
    same("subjects", found, [(number, subjects.get(number)) for number in person])
    found = [entry["position"] for entry in report["viewer"]["identities"]]
    same("identities", found, [row[0] for row in identities if row[1] in person or row[2] in person])
    found = [(int(entry["subject_number"]), entry["lineage"]["fold"], entry["bytes"]) for entry in report["derived"]["states"]]
    same("states", found, [(number, *state) for number in person for state in states(number)])
    for entry in report["derived"]["states"]:
        assert entry["plugin"] == folds.get(entry["lineage"]["fold"])
        compared["states of no fold"] += entry["plugin"] is None
    found = [(entry["segment"], int(entry["subject_number"])) for entry in report["derived"]["audiences"]]
    same("audiences", found, [(folds[fold], number) for fold, number in audiences if number in person])
    named = {subjects[number] for number in person if number in subjects}
    found = [int(entry["number"]) for entry in report["quarantine"]]
    same("quarantine", found, [key for key, event in waiting.items() if event.get("subject") in named])
    same("quarantine, by its column", found, [key for key, viewer in whose.items() if viewer in person])
    found = [(entry["recipient"], entry["contents"]) for entry in report["disclosures"]]
    same("disclosures", found, [(recipient, subject) for recipient, subject, viewers in disclosed if viewers & person])
    for entry in report["quarantine"]:
        assert entry["event"] == waiting[int(entry["number"])]

    # Every value has its category, and is in a table.
    categories = {entry["type"]: {field["field"]: field["category"] for field in entry["fields"]} for entry in report["event_types"]}
    tops, cells = {}, {}
    for entry in report["events"]:
        event = entry["event"]
        data = event["data"] if isinstance(event["data"], dict) else {"": event["data"]}
        others = {key: event[key] for key in event.keys() - {"specversion", "id", "source", "type", "subject", "time", "data"}}
        for field, value in (data | others).items():
            category = categories[event["type"]][field]
            assert category in entry["categories"]
            top = "system" if category.startswith("system") else ".".join(category.split(".")[:2])
            tops.setdefault(top, set()).add(entry["position"])
            cells[top, entry["position"], field] = value
    files = {path.stem for path in pathlib.Path("report/csv").iterdir()}
    same("tables", files, {"events", *tops})
    for top, places in tops.items():
        with open(f"report/csv/{top}.csv", encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        same(top, {int(row["event_position"]) for row in table}, places)
        for row in table:
            values = {row["field"]: row["value"]} if "field" in row and top == "user.unclassified" else row
            for field, cell in values.items():
                value = cells.pop((top, int(row["event_position"]), field), None)
                if isinstance(value, str):
                    assert cell in (value, "'" + value) and not cell.startswith(("=", "+", "-", "@")), (cell, value)
                elif isinstance(value, (dict, list)):
                    assert json.loads(cell) == value
                elif value is not None:
                    assert json.loads(cell) == value
    assert all(value is None for value in cells.values()), "values that are in no table"

    # Nothing of others, and checksums that hold.
    strangers = [f"word-of-{subject}-only" for number, subject in subjects.items() if number not in person]
    for path in pathlib.Path("report").rglob("*"):
        if path.is_file():
            content = path.read_text(encoding="utf-8")
            assert not any(word in content for word in strangers), path
    page = pathlib.Path("report/report.html").read_text(encoding="utf-8")
    assert any(f"word-of-{subject}-only" in page for subject in named)
    sums = dict(reversed(line.split("  ")) for line in open("report/SHA256SUMS").read().splitlines())
    paths = {str(path.relative_to("report")) for path in pathlib.Path("report").rglob("*") if path.is_file()}
    same("checksums", sums, paths - {"SHA256SUMS"})
    for path, digest in sums.items():
        assert hashlib.sha256(open(f"report/{path}", "rb").read()).hexdigest() == digest
    manifest = json.load(open("report/manifest.json"))["files"]
    assert {entry["name"]: entry["sha256"] for entry in manifest} == {path: sums[path] for path in sums if path != "manifest.json"}
    assert all(entry["bytes"] == pathlib.Path("report", entry["name"]).stat().st_size for entry in manifest)

    compared["events"] += len(own)
    compared["merged"] += len(person) > 1
    for part in ["states", "audiences"]:
        compared[part] += len(report["derived"][part])
    compared["quarantine"] += len(report["quarantine"])
    compared["disclosures"] += len(report["disclosures"])
    compared["identities"] += len(report["viewer"]["identities"])
# Each viewer's two reports are in the audit log, and in those that come later.
for place, (person, requests) in enumerate(made):
    before = 2 * sum(other == person for other, _ in made[:place])
    assert len([entry for entry in requests if entry["action"] == "access report made"]) == before
print("sound", json.dumps(compared))
