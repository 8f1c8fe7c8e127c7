#!/usr/bin/env python3
"""Asks the reference engine again what it makes of the worlds and cases on standard input.

Reads lines as generate.py writes them, in which the answers and all but `schema` or `policies` may be missing, and
writes them with the answers: that is how a vector under Tests/Vectors/cedar/divergences is made by hand.
"""
import json
import sys

from reference import JudgedWorld
from worlds import compact

ANYONE = {
    "principal": {"type": "U", "id": "1"}, "action": {"type": "Action", "id": "a"},
    "resource": {"type": "R", "id": "1"}, "context": "{}",
}


def main():
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    judged = None
    for number, line in enumerate(sys.stdin):
        given = json.loads(line)
        if "policies" not in given:
            probes = [(probe["kind"], probe["text"]) for probe in given.get("probes", ())]
            judged = JudgedWorld(
                given.get("world", 0), given.get("format", "cedar"), given.get("schema", ""),
                    given.get("entities", "[]"),
                probes)
            print(compact(judged.line))
        else:
            asked = {**ANYONE, **given.get("request", {})}
            print(compact(judged.case(
                given.get("n", number), given["policies"], asked, given.get("links", ()), with_est="est" in given)))


if __name__ == "__main__":
    main()
