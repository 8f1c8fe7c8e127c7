"""Times the reference engine, through cedarpy, on a workload that bench-policy wrote.

    peer.py FOLDER

Prints microseconds of processor time a request, net of what a request costs with no policy at all, and a digest of the
answers. Policies, entities and requests are parsed once (reused handles, identifiers as dictionaries).
"""

import json
import pathlib
import statistics
import sys
import time

import cedarpy

folder = pathlib.Path(sys.argv[1])
policies = cedarpy.PolicySet.from_str((folder / "policies.cedar").read_text())
nothing = cedarpy.PolicySet.from_str("")
entities = cedarpy.Entities.from_json_str((folder / "entities.json").read_text(), None)
requests = [json.loads(line) for line in (folder / "requests.jsonl").read_text().splitlines()]


def ask(policies):
    return cedarpy.is_authorized_batch(requests, policies, entities)


def microseconds(policies):
    rounds = []
    for _ in range(9):
        start = time.process_time_ns()
        ask(policies)
        rounds.append((time.process_time_ns() - start) / len(requests) / 1_000)
    return statistics.median(rounds)


answers = "".join("a" if answer.decision == cedarpy.Decision.Allow else "d" for answer in ask(policies))
print(microseconds(policies) - microseconds(nothing), answers)
