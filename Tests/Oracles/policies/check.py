#!/usr/bin/env python3
"""Asks the reference engine, cedarpy 4.12.2, what it makes of a folder of policies.

    check.py policies

The policies must validate strictly against the schema, every request and entity of the tables must conform to it, and
every row must be decided as it says. Prints what does not hold, and at the end what was asked; exit 1 where anything
was printed before.
"""
import json
import pathlib
import sys

import cedarpy


def main():
    folder = pathlib.Path(sys.argv[1])
    schema = "\n".join(path.read_text() for path in sorted(folder.glob("*.cedarschema")))
    policies = "\n".join(path.read_text() for path in sorted(folder.glob("*.cedar")))
    faults = [f"invalid: {fault.policy_id}: {fault.error}" for fault in cedarpy.validate_policies(policies, schema).errors]
    parsed, checked = cedarpy.PolicySet.from_str(policies), cedarpy.Schema.from_str(schema)
    count = 0
    for path in sorted(folder.glob("tests/*.json")):
        for row in json.loads(path.read_text()):
            count += 1
            answer = cedarpy.is_authorized(row["request"], parsed, row["entities"], schema=checked)
            said = (row["decision"], sorted(row["reason"]), row["num_errors"])
            ids = answer.diagnostics.id_annotations_by_reason
            found = (answer.decision.value.lower(), sorted(ids.values()), len(answer.diagnostics.errors))
            if said != found:
                faults.append(f"{path.name}: {row['name']}: {found} {answer.diagnostics.errors}")
    print("\n".join(faults + [f"cedarpy: {count} rows of the tables asked with their schema"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
