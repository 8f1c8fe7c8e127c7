"""Texts that are almost right: random changes of tokens and of characters."""
import json
import re

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[A-Za-z_0-9]+|::|==|!=|<=|>=|&&|\|\||\s+|.', re.DOTALL)

POLICY_TOKENS = (
    "(", ")", "[", "]", "{", "}", ",", ";", "::", ".", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "-", "+", "*",
    "/", "%", "=", "&", "|", "?principal", "?resource", "?", "@", "@x", "if", "then", "else", "in", "is", "has", "like",
    "true", "false", "when", "unless", "permit", "forbid", "principal", "action", "resource", "context", "__cedar",
    "Action", "ip", "decimal", "contains", "isEmpty", "a", "_", "0", "1", "00", "9223372036854775807",
    "9223372036854775808", "18446744073709551615", "18446744073709551616", "-1", '""', '"a"', '"*"', '"\\*"', '"\\u{301}"',
    '"\\q"', '"\\x80"', '"\\u{D800}"', '"\\u{110000}"', '"\\u{}"', '"\\u{_1}"', '"\\\n"', '"a\nb"', '"a\rb"', "'a'", "//", "/* */",
    "\u00a0", "\ufeff", "\u2028", "\r", "\u200b", "\u0000", "e\u0301", "\u00e9", "#", "$", "~", "^", "`", "\\", ":", ": :", "!=", "! =", "1.0",
    "N::ip(\"::\")", "Action::\"read\"", "action", "== ?principal", "in ?resource", "is U", "is U in", "has a.b", "has \"a b\"",
    ".contains(1)", ".isEmpty()", "@id(\"a\")", "when { true }", "unless { false }", "{}", "[]", "()", "!!!!!", "----", "-----", "!-", "-!", "_x", "Set", "error", "1a", "0x1", "permit(principal,action,resource);",
)
SCHEMA_TOKENS = (
    "{", "}", "[", "]", "<", ">", ",", ";", ":", "::", "?", "=", "(", ")", "@doc", '@doc("x")', "@doc(\"a\")@doc(\"b\")", "entity", "action", "type",
    "namespace", "in", "enum", "tags", "appliesTo", "principal", "resource", "context", "Set", "Set<Long>", "Long",
    "Bool", "Boolean", "String", "ipaddr", "decimal", "datetime", "duration", "__cedar", "__cedar::Long", "__cedar::Bool", "Action", "U", "R", "N",
    "N::U", "A::B", '"a"', '""', '"\\u{e9}"', "if", "true", "a", "Record", "Entity", "Extension", "attributes", "\u00a0", "\ufeff", "// x\n",
    "{}", "Set<>", "entity U;", "type U = Long;", "type T = T;", 'action "a";', "entity E enum [];", 'entity E enum ["a","a"];',
    "1", "-", "\u00e9", "has", "is", "like", "type Long = String;", "namespace N {}", "entity Action;", "type Set = Long;", "type permit = U;",
)
JSON_TOKENS = (
    "{", "}", "[", "]", ",", ":", "null", "true", "false", "0", "-0", "1.0", "1e3", "01", "-", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", '""', '"a"', '"\\ud800"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\x"', '"type"', '"id"', '"uid"',
    '"attrs"', '"parents"', '"tags"', '"__entity"', '"__extn"', '"fn"', '"arg"', '"args"', '"ip"', '"decimal"', '"__expr"',
    '"Record"', '"Set"', '"element"', '"attributes"', '"required"', '"additionalAttributes"', '"name"', '"Entity"', '"Long"', '"entityTypes"', '"actions"',
    '"commonTypes"', '"memberOf"', '"memberOfTypes"', '"appliesTo"', '"principalTypes"', '"resourceTypes"', '"context"', '"shape"', '"enum"', '"Boolean"', '"Bool"',
    '"Extension"', '"EntityOrCommon"', '"annotations"', '"U"', '"N::U"', '"U "', '"__cedar::Long"', '"String"', '"Action"', "{}", "[]", "\u00a0", "\ufeff", "\t", "\n",
)
EST_TOKENS = JSON_TOKENS + (
    '"staticPolicies"', '"templates"', '"templateLinks"', '"effect"', '"permit"', '"forbid"', '"principal"', '"action"', '"resource"',
    '"op"', '"=="', '"in"', '"is"', '"All"', '"entity"', '"entities"', '"entity_type"', '"slot"', '"?principal"', '"?resource"', '"conditions"',
    '"kind"', '"when"', '"unless"', '"body"', '"Value"', '"Var"', '"Slot"', '"!"', '"neg"', '"isEmpty"', '"&&"', '"||"', '"+"', '"contains"', '"."',
    '"has"', '"attr"', '"left"', '"right"', '"arg"', '"like"', '"pattern"', '"Wildcard"', '"Literal"', '"if-then-else"', '"if"', '"then"',
    '"else"', '"Unknown"', '"isIpv4"', '"templateId"', '"newId"', '"values"', '"annotations"', '{"Value":true}', '{"Var":"context"}', '{"Value":[]}',
)


def changed(text, tokens, dice):
    """The text with one or two tokens or characters changed, or with a part moved to where another stands."""
    choice = dice.below(10)
    if tokens is not POLICY_TOKENS and tokens is not SCHEMA_TOKENS and choice < 4:
        return grafted(text, dice)
    parts = TOKEN.findall(text)
    if choice == 9 or choice == 8 and tokens is SCHEMA_TOKENS:
        return "".join(shuffled(parts, dice))
    for _ in range(1 + (dice.below(3) == 0)):
        if not parts:
            parts = [""]
        place = dice.below(len(parts))
        if parts[place].isspace() and dice.chance(0.8):
            place = dice.below(len(parts))
        choice = dice.below(9)
        if choice < 2:
            del parts[place]
        elif choice < 4:
            parts.insert(place, dice.pick(tokens))
        elif choice < 6:
            parts[place] = dice.pick(tokens)
        elif choice == 6:
            parts.insert(place, parts[place])
        elif choice == 7:
            other = dice.below(len(parts))
            parts[place], parts[other] = parts[other], parts[place]
        else:
            part = parts[place]
            at = dice.below(len(part) + 1)
            parts[place] = part[:at] + dice.pick(ODD) + part[at:]
    return "".join(parts)


def shuffled(parts, dice):
    """The tokens with one stretch between separators doubled, taken away or moved behind another."""
    ends = [place for place, part in enumerate(parts) if part in (",", ";", "{", "}", "[", "]", "(", ")")]
    if len(ends) < 3:
        return parts
    first = dice.below(len(ends) - 1)
    last = min(len(ends) - 1, first + 1 + dice.below(3))
    stretch = parts[ends[first]:ends[last]]
    choice = dice.below(3)
    if choice == 0:
        return parts[:ends[last]] + stretch + parts[ends[last]:]
    if choice == 1:
        return parts[:ends[first]] + parts[ends[last]:]
    place = dice.pick(ends)
    return parts[:place] + stretch + parts[place:]


def grafted(text, dice):
    """The JSON with one value put in another's place, or taken away."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        return text
    places = []
    queue = [root]
    for value in queue:
        if isinstance(value, dict):
            places += [(value, key) for key in value]
            queue += value.values()
        elif isinstance(value, list):
            places += [(value, key) for key in range(len(value))]
            queue += value
    if not places:
        return text
    owner, key = dice.pick(places)
    choice = dice.below(6)
    if choice == 0:
        del owner[key]
    elif choice == 1 and isinstance(owner, dict):
        other, name = dice.pick(places)
        owner[name if isinstance(name, str) else str(name)] = owner[key]
    else:
        other, name = dice.pick(places)
        owner[key] = json.loads(json.dumps(other[name]))
    return json.dumps(root, ensure_ascii=False, separators=(",", ":"))


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


def bent(entities, world, dice):
    """The entities with one thing changed that keeps them readable but may no longer conform."""
    entities = json.loads(json.dumps(entities))
    entity = dice.pick(entities)
    choice = dice.below(8)
    attrs = entity["attrs"]
    stranger = dice.pick(entities)
    if choice == 0 and attrs:
        del attrs[dice.pick(sorted(attrs))]
    elif choice == 1:
        attrs[dice.pick(("a", "b", "zz", "owner"))] = dice.pick((1, "x", True, [], {}, [1], {"a": 1}))
    elif choice == 2 and attrs:
        attrs[dice.pick(sorted(attrs))] = dice.pick((1, "x", True, [], {}, [1, "a"], {"a": 1}, {"__entity": stranger["uid"]}))
    elif choice == 3:
        entity["parents"].append(stranger["uid"])
    elif choice == 4:
        entity["uid"]["id"] = dice.pick(("zz", "", "1"))
    elif choice == 5:
        entity["uid"]["type"] = dice.pick([kind.path for kind in world.type_list] + ["Zz", "Action"])
    elif choice == 6:
        entity["tags"] = {"t": dice.pick((1, "x", True, [], {"a": 1}))}
    else:
        entities.append({"uid": stranger["uid"], "attrs": {}, "parents": []})
    return entities


ODD = (
    "\u00a0", "\u0301", "\ufeff", "\0", "\r", "\n", "\\", '"', "'", "*", "\u2028", "\u3000", "\u180e", "_", "0", "/", "\u200d",
    "\u0661", "\U0001f600", "\x1f", "\x0b", "\x85", ".", "-", "!", "A", "{", ":",
)


def is_loose(text, is_list=False):
    """True for entities, or a context, in which this project refuses on purpose what the reference passes over.

    Keys nobody knows, and the escapes' keys where they escape nothing: Tests/Vectors/cedar/entities/bad-stricter-*. A key
    that stands twice the reference refuses in entities, but its Python passes over it in a context.
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
        return has_repeated_key(text)
    except (ValueError, RecursionError):
        return False


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
