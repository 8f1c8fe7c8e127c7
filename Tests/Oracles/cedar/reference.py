"""What the reference engine, cedarpy 4.12.2, makes of a world and of a case."""
import json
import re

from cedarpy import _internal as cedar

from loose import is_loose, is_loose_est

ERRING = re.compile(r"while evaluating policy `([^`]*)`")
READ_SCHEMA = {"cedar": cedar.Schema.from_str, "json": cedar.Schema.from_json_str}
NO_ENTITIES = cedar.Entities.from_json_str("[]")


def accepted(read, *arguments):
    """What the reference reads out of a text, or None if it refuses."""
    try:
        return read(*arguments)
    except ValueError:
        return None


class JudgedWorld:
    """A schema and entities as the reference reads them; `line` is the world with the verdicts."""

    def __init__(self, number, form, schema, entities, probes=()):
        self.number = number
        self.schema = accepted(READ_SCHEMA[form], schema)
        self.entities = accepted(cedar.Entities.from_json_str, entities)
        self.line = {
            "world": number, "format": form, "schema": schema, "entities": entities,
            "accepted": self.schema is not None, "readable": self.entities is not None,
        }
        self.conforming = None
        if self.schema:
            self.conforming = accepted(cedar.Entities.from_json_str, entities, self.schema)
            self.line["conforms"] = self.conforming is not None
        if is_loose(entities, is_list=True):
            self.line["loose"] = True
        self.line["probes"] = [self.probe(kind, text) for kind, text in probes]

    def probe(self, kind, text):
        """Another text of which only the verdict is wanted: a schema of either format, or entities."""
        if kind != "entities":
            return {"kind": kind, "text": text, "accepted": accepted(READ_SCHEMA[kind], text) is not None}
        out = {"kind": kind, "text": text, "accepted": accepted(cedar.Entities.from_json_str, text) is not None}
        if self.schema:
            out["conforms"] = accepted(cedar.Entities.from_json_str, text, self.schema) is not None
        if is_loose(text, is_list=True):
            out["loose"] = True
        return out

    def case(self, number, policies, request, links=(), with_est=False, bend=None):
        """A case with the reference's answers; the links are policies to be made of its templates first."""
        if is_loose(request["context"]):
            request["loose"] = True
        answer = {}
        line = {"n": number, "policies": policies, "request": request, "answer": answer}
        parsed = accepted(cedar.PolicySet.from_str, policies)
        answer["parses"] = parsed is not None
        if parsed is None:
            return line
        if with_est:
            line["est"] = accepted(cedar.policies_to_json_str, policies)
            if bend:
                line["bent"] = bend(line["est"])
                answer["bent"] = accepted(cedar.PolicySet.from_json_str, line["bent"]) is not None
                if is_loose_est(line["bent"]):
                    del answer["bent"]
        if links:
            line["links"] = links
            wanted = [
                {"template_id": link["template"], "new_id": link["id"], "values": link["values"]} for link in links
            ]
            linked = accepted(parsed.with_linked_batch, wanted)
            answer["links"] = linked is not None
            parsed = linked or parsed
        plain = self.decide(request, parsed, self.entities, None)
        answer.update(plain)
        if self.schema:
            report = json.loads(cedar.validate_policies(policies, self.schema))
            answer["valid"] = report["validation_passed"]
            answer["invalid"] = sorted({error["policy_id"] for error in report["errors"]})
            strict = self.decide(request, parsed, self.conforming or self.entities, self.schema)
            answer["strict"] = "same" if strict == plain else strict
        return line

    @staticmethod
    def decide(request, parsed, entities, schema):
        """The answer to a request; `refused` where the request itself is."""
        question = {key: request[key] for key in ("principal", "action", "resource", "context")}
        result = json.loads(cedar.is_authorized_batch([question], parsed, entities or NO_ENTITIES, schema, False)[0])
        if result["decision"] == "NoDecision":
            return {"decision": "refused", "reasons": [], "errors": []}
        notes = result["diagnostics"]
        return {
            "decision": result["decision"].lower(), "reasons": sorted(notes["reason"]),
            "errors": sorted(ERRING.search(message)[1] for message in notes["errors"]),
        }
