"""Texts that are almost right: random changes of tokens and of characters."""
import json
import re

from tokens import CALLS, EST_NODES, ODD, POLICY_TOKENS, SCHEMA_TOKENS

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[A-Za-z_0-9]+|::|==|!=|<=|>=|&&|\|\||\s+|.', re.DOTALL)


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
    if "staticPolicies" in root and dice.chance(0.3) and isinstance(owner, dict):
        nodes = [place for place in places if isinstance(place[0][place[1]], dict)]
        owner, key = dice.pick(nodes)
        owner[key] = dice.pick(EST_NODES)
    elif choice == 0:
        del owner[key]
    elif choice == 1 and isinstance(owner, dict):
        other, name = dice.pick(places)
        owner[name if isinstance(name, str) else str(name)] = owner[key]
    else:
        other, name = dice.pick(places)
        owner[key] = json.loads(json.dumps(other[name]))
    return json.dumps(root, ensure_ascii=False, separators=(",", ":"))


def bent(entities, world, dice):
    """The entities with one thing changed that keeps them readable but may no longer conform."""
    entities = json.loads(json.dumps(entities))
    entity = dice.pick(entities)
    choice = dice.below(9)
    attrs = entity["attrs"]
    stranger = dice.pick(entities)
    if choice == 0 and attrs:
        del attrs[dice.pick(sorted(attrs))]
    elif choice == 1:
        attrs[dice.pick(("a", "b", "zz", "owner"))] = dice.pick((1, "x", True, [], {}, [1], {"a": 1}))
    elif choice == 2 and attrs:
        attrs[dice.pick(sorted(attrs))] = dice.pick((1, "x", True, [], {}, [1, "a"], {"a": 1},
            {"__entity": stranger["uid"]}))
    elif choice == 8 and attrs:
        attrs[dice.pick(sorted(attrs))] = dice.pick(CALLS)
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
