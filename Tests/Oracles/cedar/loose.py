"""What this project refuses on purpose where the reference passes over it, so that it counts as no disagreement."""
import json


def is_loose(text, is_list=False):
    """True for entities, or a context, in which this project refuses on purpose what the reference passes over.

    Keys nobody knows, and the escapes' keys where they escape nothing: Tests/Vectors/cedar/entities/bad-stricter-*. A
    key that stands twice the reference refuses in entities, but its Python passes over it in a context.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if not is_list and has_repeated_key(text):
        return True
    if not is_list or not isinstance(value, list):
        return has_loose_escape(value)
    for entity in value:
        if isinstance(entity, dict):
            names = [entity.get("uid")] + (entity["parents"] if isinstance(entity.get("parents"), list) else [])
            if set(entity) - {"uid", "attrs", "parents", "tags"} or any(map(is_loose_name, names)):
                return True
    return has_loose_escape(value)


def is_loose_est(text):
    """True for policies in JSON which this project refuses on purpose: Tests/Vectors/cedar/est/stricter-*."""
    try:
        return has_repeated_key(text) or has_loose_form(json.loads(text))
    except (ValueError, RecursionError):
        return False


METHODS_OF_EXTENSIONS = {
    "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", "isIpv4", "isIpv6", "isLoopback", "isMulticast",
    "isInRange", "offset", "durationSince", "toDate", "toTime", "toMilliseconds", "toSeconds", "toMinutes", "toHours",
    "toDays",
}
CONSTRUCTORS = {"decimal", "ip", "datetime", "duration"}
OBJECTS = ("principal", "action", "resource", "entity", "in", "__entity", "__extn", "values")
WORDS = ("effect", "kind", "Var", "Wildcard")


def has_loose_form(value):
    """True where the reference takes a list for an object, an object for a word, a method of nothing, any function."""
    if isinstance(value, list):
        return any(map(has_loose_form, value))
    if not isinstance(value, dict):
        return False
    for key, inside in value.items():
        if key in METHODS_OF_EXTENSIONS | {"unknown"} and (inside == [] or key == "unknown"):
            return True
        if key in OBJECTS and isinstance(inside, list) or key in WORDS and not isinstance(inside, str):
            return True
        if key in ("conditions", "templateLinks") and isinstance(inside, list) and not all(
                isinstance(member, dict) for member in inside):
            return True
        if key in ("staticPolicies", "templates") and (isinstance(inside, list) or isinstance(inside, dict) and any(
                isinstance(member, list) for member in inside.values())):
            return True
        if key == "__extn" and isinstance(inside, dict) and inside.get("fn") not in CONSTRUCTORS:
            return True
    return has_loose_form(list(value.values()))


def has_repeated_key(text):
    """True for JSON in which an object has a key twice."""
    found = []
    json.loads(text, object_pairs_hook=lambda pairs: found.append(len(dict(pairs)) < len(pairs)))
    return any(found)


def is_loose_name(value):
    if isinstance(value, dict) and "__entity" in value:
        return len(value) > 1 or is_loose_name(value["__entity"])
    return isinstance(value, dict) and bool(set(value) - {"type", "id"})


def has_loose_escape(value):
    if isinstance(value, list):
        return any(map(has_loose_escape, value))
    if not isinstance(value, dict):
        return False
    for key in ("__entity", "__extn", "__expr"):
        if key in value and (len(value) > 1 or not is_escape(key, value[key])):
            return True
    # By a schema these may be escapes written short, with a key too many.
    if any(short < set(value) for short in ({"type", "id"}, {"fn", "arg"}, {"fn", "args"})):
        return True
    return any(map(has_loose_escape, value.values()))


def is_escape(key, value):
    """True for what the reference takes as an escape, rather than as a record that has this key."""
    if key == "__expr":
        return isinstance(value, str)
    if not isinstance(value, dict):
        return False
    if key == "__entity":
        return set(value) == {"type", "id"} and isinstance(value["type"], str) and isinstance(value["id"], str)
    arguments = set(value) == {"fn", "arg"} or set(value) == {"fn", "args"} and isinstance(value["args"], list)
    return arguments and isinstance(value["fn"], str)
