"""Counts night owls with SQLite: what folds.py says, from an NDJSON file."""

import datetime
import json
import sqlite3
import sys

# Who began to watch between midnight and five o'clock of their own time in four of 28 nights: plugins/segments/night-owls.lua
# with the gate's rules for consent and children, in one statement.
SQL = """
WITH wills AS MATERIALIZED (
    SELECT viewer, max(CASE WHEN granted THEN at END) AS granted, max(CASE WHEN NOT granted THEN at END) AS refused
    FROM consents GROUP BY viewer
), nights AS (
    SELECT DISTINCT p.viewer, (p.at + p.offset) / 86400 AS night
    FROM wills w JOIN plays p USING (viewer)
    WHERE w.granted > coalesce(w.refused, -1) AND p.at >= w.granted AND (p.at + p.offset) % 86400 < 18000
      AND p.viewer NOT IN (SELECT viewer FROM children)
)
SELECT count(*) FROM (
    SELECT viewer FROM nights WHERE (night + 28) * 86400 > :now GROUP BY viewer HAVING count(*) >= 4
)
"""


def main():
    database = sqlite3.connect(":memory:")
    database.executescript("""
        CREATE TABLE plays (viewer TEXT, at INTEGER, offset INTEGER);
        CREATE TABLE consents (viewer TEXT, at INTEGER, granted INTEGER);
        CREATE TABLE children (viewer TEXT PRIMARY KEY);
    """)
    seen, plays, consents, children, latest = set(), [], [], set(), 0
    limit = datetime.datetime.now().timestamp() + 300
    with open(sys.argv[1]) as lines:
        for line in lines:
            event = json.loads(line)
            key = (event["source"], event["id"])
            if key in seen:
                continue
            seen.add(key)
            viewer, data = event.get("subject"), event.get("data") or {}
            if viewer is None or "time" not in event:
                continue
            time = datetime.datetime.fromisoformat(event["time"])
            at = int(time.timestamp())
            if at > limit:
                continue
            latest = max(latest, at)
            if data.get("is_kids") is True:
                children.add(viewer)
            if data.get("gpc") is True:
                consents.append((viewer, at, 0))
            if event["type"] == "consent.changed" and data.get("purpose") == "advertising":
                consents.append((viewer, at, data["granted"]))
            elif event["type"] == "playback.started":
                plays.append((viewer, at, int(time.utcoffset().total_seconds())))
    database.executemany("INSERT INTO plays VALUES (?, ?, ?)", plays)
    database.executemany("INSERT INTO consents VALUES (?, ?, ?)", consents)
    database.execute("CREATE INDEX plays_by_viewer ON plays (viewer)")
    database.executemany("INSERT INTO children VALUES (?)", [(viewer,) for viewer in children])
    print(database.execute(SQL, {"now": latest}).fetchone()[0])


main()
