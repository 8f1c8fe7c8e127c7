#!/usr/bin/env python3
"""Makes cases for Cedar and asks the reference engine, cedarpy 4.12.2, what it makes of each.

    generate.py --from 1 --count 20000

Writes one JSON object a line: a world (schema and entities, with texts that are almost these), then its cases. Case n
is the same whatever else is asked for; twenty neighbours share a world. The reference's answers stand beside each.
"""
import argparse
import json
import re
import sys

from cedarpy import _internal as cedar

from dice import Dice
from hostile import JSON_TOKENS, POLICY_TOKENS, SCHEMA_TOKENS, bent, changed, is_loose
from policies import PolicyWriter
from schemas import SchemaJSON, SchemaText
from worlds import IDS, World, compact, uid_json

CASES_PER_WORLD = 20
ERRING = re.compile(r"while evaluating policy `([^`]*)`")


def accepted(read, *arguments):
    """What the reference makes of a text, or None if it refuses."""
    try:
        return read(*arguments)
    except ValueError:
        return None


class Scene:
    """A world with what the reference made of it."""

    def __init__(self, number):
        self.number = number
        dice = Dice(f"world {number}")
        self.world = World(dice)
        human = not dice.chance(0.3)
        self.schema_text = (SchemaText if human else SchemaJSON)(self.world, dice).text()
        if dice.chance(0.03):
            self.schema_text = changed(self.schema_text, SCHEMA_TOKENS if human else JSON_TOKENS, dice)
        self.format = "cedar" if human else "json"
        self.schema = accepted(READ_SCHEMA[self.format], self.schema_text)
        self.entities_text = compact(self.world.entities)
        self.entities = accepted(cedar.Entities.from_json_str, self.entities_text)
        self.conforms = self.schema and accepted(cedar.Entities.from_json_str, self.entities_text, self.schema)
        self.probes = [self.probe(dice) for _ in range(4)]

    def probe(self, dice):
        """Another text, often wrong, of which only the verdict is wanted."""
        choice = dice.below(10)
        if choice < 4:
            text = SchemaText(self.world, dice).text()
            if dice.chance(0.75):
                text = changed(text, SCHEMA_TOKENS, dice)
            return {"kind": "cedar", "text": text, "accepted": accepted(READ_SCHEMA["cedar"], text) is not None}
        if choice < 7:
            text = SchemaJSON(self.world, dice).text()
            if dice.chance(0.75):
                text = changed(text, JSON_TOKENS, dice)
            return {"kind": "json", "text": text, "accepted": accepted(READ_SCHEMA["json"], text) is not None}
        entities = self.world.entities
        if choice < 9:
            entities = self.world.strict_value(entities, dice)
            if dice.chance(0.5):
                entities = [each for each in entities if "Action" not in each["uid"].get("type", "")]
        if dice.chance(0.5):
            entities = bent(entities, self.world, dice)
        text = compact(entities)
        if dice.chance(0.4):
            text = changed(text, JSON_TOKENS, dice)
        out = {
            "kind": "entities", "text": text,
            "accepted": accepted(cedar.Entities.from_json_str, text) is not None,
        }
        if self.schema:
            out["conforms"] = accepted(cedar.Entities.from_json_str, text, self.schema) is not None
        if is_loose(text, is_list=True):
            out["loose"] = True
        return out

    def line(self):
        out = {
            "world": self.number, "format": self.format, "schema": self.schema_text, "entities": self.entities_text,
            "accepted": self.schema is not None, "readable": self.entities is not None, "probes": self.probes,
        }
        if self.schema:
            out["conforms"] = self.conforms is not None
        return out


READ_SCHEMA = {"cedar": cedar.Schema.from_str, "json": cedar.Schema.from_json_str}


def request(scene, dice, environment):
    """A request, mostly one the schema knows."""
    world = scene.world
    action, principal, resource = environment.action, environment.principal, environment.resource
    principal, resource = (principal, dice.pick(world.uids[principal])), (resource, dice.pick(world.uids[resource]))
    verb = (action.type, action.id)
    context = world.record_value(action.context[1], dice)
    if dice.chance(0.08):
        principal = dice.pick(world.all_uids)
    if dice.chance(0.08):
        resource = dice.pick(world.all_uids)
    if dice.chance(0.05):
        verb = (lambda other: (other.type, other.id))(dice.pick(world.actions))
    if dice.chance(0.03):
        principal = (dice.pick((principal[0], "Zz", "N::U", "if", "A::B ", "", "A::", "\u00e9")), dice.pick(IDS))
    if dice.chance(0.15):
        context = world.strict_value(context, dice)
    text = compact(context)
    if dice.chance(0.06):
        text = changed(text, JSON_TOKENS, dice)
    out = {
        "principal": uid_json(principal), "action": uid_json(verb), "resource": uid_json(resource), "context": text,
    }
    if is_loose(text):
        out["loose"] = True
    return out


def case(scene, number):
    dice = Dice(f"case {number}")
    writer = PolicyWriter(scene.world, dice)
    policies = writer.text()
    if dice.chance(0.2):
        policies = changed(policies, POLICY_TOKENS, dice)
    asked = request(scene, dice, dice.pick(writer.environments))
    answer = {}
    parsed = accepted(cedar.PolicySet.from_str, policies)
    answer["parses"] = parsed is not None
    line = {"n": number, "policies": policies, "request": asked, "answer": answer}
    if parsed is None:
        return line
    answer.update(decide(asked, parsed, scene.entities, None))
    if scene.schema:
        report = json.loads(cedar.validate_policies(policies, scene.schema))
        answer["valid"] = report["validation_passed"]
        answer["invalid"] = sorted({error["policy_id"] for error in report["errors"]})
        answer["strict"] = decide(asked, parsed, scene.conforms or scene.entities, scene.schema)
        if answer["strict"] == decided(answer):
            answer["strict"] = "same"
    if number % 5 == 0:
        line["est"] = cedar.policies_to_json_str(policies)
    return line


def decide(asked, parsed, entities, schema):
    """The reference's answer to a request; without a decision where it refuses the request itself."""
    result = json.loads(cedar.is_authorized_batch([asked], parsed, entities or NO_ENTITIES, schema, False)[0])
    if result["decision"] == "NoDecision":
        return {"decision": "refused", "reasons": [], "errors": []}
    notes = result["diagnostics"]
    return {
        "decision": result["decision"].lower(), "reasons": sorted(notes["reason"]),
        "errors": sorted(ERRING.search(message)[1] for message in notes["errors"]),
    }


def decided(answer):
    return {key: answer[key] for key in ("decision", "reasons", "errors")}


NO_ENTITIES = cedar.Entities.from_json_str("[]")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--from", dest="first", type=int, default=1)
    arguments.add_argument("--count", type=int, default=20)
    options = arguments.parse_args()
    scene = None
    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    for number in range(options.first, options.first + options.count):
        if scene is None or scene.number != number // CASES_PER_WORLD:
            scene = Scene(number // CASES_PER_WORLD)
            out.write(compact(scene.line()) + "\n")
        out.write(compact(case(scene, number)) + "\n")


if __name__ == "__main__":
    main()
