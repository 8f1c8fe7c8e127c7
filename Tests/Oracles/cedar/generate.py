#!/usr/bin/env python3
"""Makes cases for Cedar and asks the reference engine, cedarpy 4.12.2, what it makes of each.

    generate.py --from 1 --count 20000

Writes one JSON object a line: a world (schema and entities, with texts that are almost these), then its cases. Case n
is the same whatever else is asked for; twenty neighbours share a world. The reference's answers stand beside each.
"""
import argparse
import sys

from dice import Dice
from hostile import bent, changed
from policies import PolicyWriter
from reference import JudgedWorld
from schemas import SchemaJSON, SchemaText
from tokens import EST_TOKENS, JSON_TOKENS, POLICY_TOKENS, SCHEMA_TOKENS
from worlds import IDS, World, compact, uid_json

CASES_PER_WORLD = 20
TOKENS = {"cedar": SCHEMA_TOKENS, "json": JSON_TOKENS}
SCHEMA_WRITER = {"cedar": SchemaText, "json": SchemaJSON}


def scene(number):
    """The world of a number, as made and as judged."""
    dice = Dice(f"world {number}")
    world = World(dice)
    form = "json" if dice.chance(0.3) else "cedar"
    schema = schema_text(world, dice, form, 0.03)
    probes = [probe(world, dice) for _ in range(4)]
    return world, JudgedWorld(number, form, schema, compact(entities(world, dice)), probes)


def entities(world, dice):
    """The world's entities, sometimes as only its schema lets them be written."""
    if dice.chance(0.7):
        return world.entities
    return [
        each for each in world.strict_value(world.entities, dice)
        if "Action" not in each["uid"].get("type", "") or dice.chance(0.3)
    ]


def schema_text(world, dice, form, share):
    text = SCHEMA_WRITER[form](world, dice).text()
    return changed(text, TOKENS[form], dice) if dice.chance(share) else text


def probe(world, dice):
    """A kind and a text, often wrong, of which only the verdict is wanted."""
    choice = dice.below(10)
    if choice < 7:
        form = "cedar" if choice < 4 else "json"
        return form, schema_text(world, dice, form, 0.75)
    entities = world.entities
    if choice < 9:
        entities = world.strict_value(entities, dice)
        if dice.chance(0.5):
            entities = [each for each in entities if "Action" not in each["uid"].get("type", "")]
    if entities and dice.chance(0.5):
        entities = bent(entities, world, dice)
    text = compact(entities)
    return "entities", changed(text, JSON_TOKENS, dice) if dice.chance(0.4) else text


def request(world, dice, environment):
    """A request, mostly one the schema knows."""
    action, principal, resource = environment.action, environment.principal, environment.resource
    principal, resource = (principal, dice.pick(world.uids[principal])), (resource, dice.pick(world.uids[resource]))
    verb = (action.type, action.id)
    context = world.record_value(action.context[1], dice)
    if dice.chance(0.08):
        principal = dice.pick(world.all_uids)
    if dice.chance(0.08):
        resource = dice.pick(world.all_uids)
    if dice.chance(0.05):
        other = dice.pick(world.actions)
        verb = (other.type, other.id)
    if dice.chance(0.02):
        principal = (dice.pick((principal[0], "Zz", "N::U", "if", "A::B ", "", "A::", "\u00e9")), dice.pick(IDS))
    if dice.chance(0.1):
        context = world.strict_value(context, dice)
    text = compact(context)
    if dice.chance(0.05):
        text = changed(text, JSON_TOKENS, dice)
    return {
        "principal": uid_json(principal), "action": uid_json(verb), "resource": uid_json(resource), "context": text,
    }


def case(world, judged, number):
    dice = Dice(f"case {number}")
    writer = PolicyWriter(world, dice)
    policies = writer.text()
    if dice.chance(0.2):
        policies = changed(policies, POLICY_TOKENS, dice)
    asked = request(world, dice, dice.pick(writer.environments))
    links = writer.links()
    if number % 10:
        return judged.case(number, policies, asked, links)
    return judged.case(number, policies, asked, links, with_est=True, bend=lambda est: changed(est, EST_TOKENS, dice))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--from", dest="first", type=int, default=1)
    arguments.add_argument("--count", type=int, default=20)
    options = arguments.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    last = None
    for number in range(options.first, options.first + options.count):
        if number // CASES_PER_WORLD != last:
            last = number // CASES_PER_WORLD
            world, judged = scene(last)
            print(compact(judged.line))
        print(compact(case(world, judged, number)))


if __name__ == "__main__":
    main()
