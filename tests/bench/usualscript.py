#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people use where there is no viewer: the standard library, one list of events, a loop for each question.

usage: usualscript.py TRACE.json|.json.gz|.sqlite        prints busy time and gaps of each device
"""
import collections
import gzip
import json
import sqlite3
import sys


def of_json(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as file:
        events = json.load(file)["traceEvents"]
    spans = collections.defaultdict(list)
    for event in events:
        if event.get("ph") == "X" and event.get("cat") in ("kernel", "gpu_memcpy", "gpu_memset"):
            begin = round(event["ts"] * 1000)
            spans[event["args"]["device"]].append((begin, begin + round(event["dur"] * 1000)))
    return spans


def of_database(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    spans = collections.defaultdict(list)
    for table in ("KERNEL", "MEMCPY", "MEMSET", "GRAPH_TRACE"):
        try:
            rows = database.execute(f"SELECT deviceId, start, end FROM CUPTI_ACTIVITY_KIND_{table}")
        except sqlite3.OperationalError:
            continue
        for device, begin, end in rows:
            spans[device].append((begin, end))
    return spans


def main():
    path = sys.argv[1]
    spans = of_database(path) if path.endswith(".sqlite") else of_json(path)
    for device, intervals in sorted(spans.items()):
        intervals.sort()
        busy, gaps, until = 0, [], intervals[0][0]
        for begin, end in intervals:
            if begin > until:
                gaps.append(begin - until)
            busy += max(0, end - max(begin, until))
            until = max(until, end)
        print(f"device {device}: busy {busy} ns, {len(gaps)} gaps, longest {max(gaps, default=0)} ns")


main()
