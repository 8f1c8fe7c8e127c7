"""The store beside its peers: pages, documents' streams, and opening a record as the store grows. Called by scripts/bench.

    measure.py FOLDER ROUNDS DOCUMENTS LIMITS     in the repository, with bench-pages and bench-vault built

A table on standard output, then one line of JSON with every figure. Ends with 1 if a target is missed and LIMITS is yes.
"""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

import pages

BUILT = pathlib.Path(".build/release")
PAGES_SETTINGS = "WAL, synchronous FULL, secure_delete ON, cache 2 MB, pages of 4,096; the system's cache warm"
STREAM_LIMIT, OPENING_LIMIT = 0.8, 1.3
SMALL = 1000


def log(words):
    print(f"bench: {words}", file=sys.stderr, flush=True)


def run(*arguments, folder=None):
    environment = dict(os.environ, TMPDIR=str(folder)) if folder else None
    return subprocess.run(arguments, env=environment, check=True, capture_output=True, text=True).stdout


def stream_round():
    """Megabytes a second of processor time: seal, open, and openssl at 16 KiB."""
    sealing, opening = map(float, run(BUILT / "bench-vault", "stream").split())
    speed = run("openssl", "speed", "-evp", "aes-256-gcm", "-bytes", "16384", "-seconds", "3")
    peer = float(re.search(r"^AES-256-GCM\s+([\d.]+)k", speed, re.M).group(1)) / 1000
    return sealing, opening, peer


def streams(rounds):
    measured = [stream_round() for _ in range(rounds)]
    median = lambda number: statistics.median(row[number] for row in measured)
    ratio = lambda number: statistics.median(row[number] / row[2] for row in measured)
    return {
        "sealMegabytes": median(0), "openMegabytes": median(1), "opensslMegabytes": median(2),
        "sealRatio": ratio(0), "openRatio": ratio(1), "limit": STREAM_LIMIT,
    }


def records(folder, rounds, documents):
    lines = run(
        BUILT / "bench-vault", "records", str(SMALL), str(documents), str(rounds), folder=folder).splitlines()
    rows = [list(map(float, line.split())) for line in lines]
    sizes = rows.pop()
    median = lambda number: statistics.median(row[number] for row in rows)
    return {
        "documents": [SMALL, documents], "storeBytes": [int(size) for size in sizes],
        "milliseconds": [median(0), median(1)], "processorMilliseconds": [median(2), median(3)],
        "ratio": statistics.median(row[1] / row[0] for row in rows),
        "processorRatio": statistics.median(row[3] / row[2] for row in rows), "limit": OPENING_LIMIT,
    }


def print_pages(rows):
    print(f"pages: {PAGES_SETTINGS}")
    print(f"{'workload':<11} {'engine':<12} {'µs wall':>11} {'µs cpu':>11} {'ratio':>6} {'cpu':>6} {'limit':>6}  to SQLCipher 4")
    for row in rows:
        limit = row.get("limit")
        peer = row.get("toPeer")
        print(
            f"{row['workload']:<11} {row['engine']:<12} {row['microseconds']:>11.2f} "
            f"{row['processorMicroseconds']:>11.2f} {row['ratio']:>6.2f} {row['processorRatio']:>6.2f} "
            f"{limit or '':>6}  {f'{peer:.2f}' if peer else ''}")


def print_streams(row):
    print("streams: chunks of 64 KiB in memory, megabytes a second of processor time")
    print(
        f"seal {row['sealMegabytes']:.0f}, open {row['openMegabytes']:.0f}, openssl at 16 KiB "
        f"{row['opensslMegabytes']:.0f}; ratios {row['sealRatio']:.2f} and {row['openRatio']:.2f}, limit {STREAM_LIMIT}")


def print_records(row):
    print("records: vault opened, record shown, one document read, each read logged durably")
    print(
        f"{row['milliseconds'][0]:.1f} ms among {row['documents'][0]:,} documents ({row['storeBytes'][0] / 1e6:.0f} MB), "
        f"{row['milliseconds'][1]:.1f} ms among {row['documents'][1]:,} ({row['storeBytes'][1] / 1e6:.0f} MB); "
        f"ratio {row['ratio']:.2f} wall, {row['processorRatio']:.2f} cpu, limit {OPENING_LIMIT}")


def missed(page_rows, stream, record):
    """The targets that were not met, in words."""
    for row in page_rows:
        if row.get("limit") and row["ratio"] > row["limit"]:
            yield f"{row['workload']}: {row['ratio']:.2f} times plain SQLite, {row['limit']} allowed"
        if row.get("toPeer") and row["toPeer"] >= 1:
            yield f"{row['workload']}: {row['toPeer']:.2f} times SQLCipher 4"
    for deed in ("seal", "open"):
        if stream[f"{deed}Ratio"] < STREAM_LIMIT:
            yield f"{deed} a stream: {stream[f'{deed}Ratio']:.2f} of openssl, {STREAM_LIMIT} wanted"
    if record["ratio"] > OPENING_LIMIT:
        yield f"opening a record: {record['ratio']:.2f}, {OPENING_LIMIT} allowed"


def main():
    folder, rounds, documents, limits = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    measured = pages.Pages(str(BUILT / "bench-pages"), folder / "pages", log)
    log("filling the files that are read")
    versions = measured.fill()
    for number in range(rounds):
        log(f"pages, round {number + 1} of {rounds}")
        measured.round(number)
    page_rows = list(measured.results())
    log("streams")
    stream = streams(rounds)
    log(f"growing a store to {documents:,} documents")
    record = records(folder, rounds, documents)

    print_pages(page_rows)
    print_streams(stream)
    print_records(record)
    problems = list(missed(page_rows, stream, record))
    for problem in problems:
        print(f"MISSED: {problem}")
    print(json.dumps({
        "bench": "store", "rounds": rounds, "settings": PAGES_SETTINGS, "sqlite": versions, "pages": page_rows,
        "streams": stream, "records": record, "missed": problems,
    }))
    sys.exit(1 if problems and limits == "yes" else 0)


main()
