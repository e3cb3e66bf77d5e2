"""Counts night owls with Polars: what folds.py says, from an NDJSON file."""

import datetime
import sys

import polars as pl


def main():
    data = pl.Struct({"is_kids": pl.Boolean, "gpc": pl.Boolean, "purpose": pl.String, "granted": pl.Boolean})
    schema = {"source": pl.String, "id": pl.String, "type": pl.String, "subject": pl.String, "time": pl.String, "data": data}
    events = pl.read_ndjson(sys.argv[1], schema=schema).unique(["source", "id"], keep="first", maintain_order=True)
    time = pl.col("time").str.replace("Z$", "+00:00").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z").dt.epoch("s")
    offset = (
        pl.col("time").str.extract(r"([+-]\d\d):\d\d$").cast(pl.Int64).fill_null(0) * 3600
        + pl.col("time").str.extract(r"[+-]\d\d:(\d\d)$").cast(pl.Int64).fill_null(0) * 60)
    limit = datetime.datetime.now().timestamp() + 300
    events = (
        events.filter(pl.col("subject").is_not_null() & pl.col("time").is_not_null())
        .with_columns(at=time, offset=offset).unnest("data").filter(pl.col("at") <= limit))
    now = events["at"].max()
    children = events.filter(pl.col("is_kids"))["subject"].unique()
    is_consent = (pl.col("type") == "consent.changed") & (pl.col("purpose") == "advertising")
    wills = events.filter(is_consent | pl.col("gpc").fill_null(False)).with_columns(
        yes=pl.when(is_consent & ~pl.col("gpc").fill_null(False)).then(pl.col("granted")).otherwise(False)
    ).group_by("subject").agg(
        since=pl.col("at").filter("yes").max(), refused=pl.col("at").filter(~pl.col("yes")).max().fill_null(-1))
    nights = (
        events.filter(pl.col("type") == "playback.started")
        .join(wills.filter(pl.col("since") > pl.col("refused")), on="subject")
        .filter((pl.col("at") >= pl.col("since")) & ((pl.col("at") + pl.col("offset")) % 86400 < 18000))
        .with_columns(night=(pl.col("at") + pl.col("offset")) // 86400)
        .filter((pl.col("night") + 28) * 86400 > now).unique(["subject", "night"])
        .filter(~pl.col("subject").is_in(children.implode())))
    print((nights.group_by("subject").len()["len"] >= 4).sum())


main()
