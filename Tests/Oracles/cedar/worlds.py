"""Random worlds: a schema, and entities that mostly conform to it.

A type is a tuple: ("Bool",), ("Entity", path), ("Set", type), ("Record", fields) with fields (name, type, required).
"""
import json

BOOL, LONG, STRING = ("Bool",), ("Long",), ("String",)
DECIMAL, IP, DATETIME, DURATION = ("decimal",), ("ipaddr",), ("datetime",), ("duration",)
EXTENSIONS = (DECIMAL, IP, DATETIME, DURATION)
CONSTRUCTOR = {DECIMAL: "decimal", IP: "ip", DATETIME: "datetime", DURATION: "duration"}

NAMESPACES = ("", "", "N", "A::B", "N::M", "permit::_x")
TYPE_NAMES = ("U", "R", "G", "T", "Album", "principal", "_9", "forbid")
# Names that also mean something else in a schema, which resolution must tell apart.
SHADOWING_NAMES = ("String", "ipaddr", "Long", "Set", "Record", "decimal", "Entity", "Bool", "Boolean")
ATTRIBUTES = ("a", "b", "n", "s", "r", "when", "principal", "type", "id", "__x", "owner", "groups", "is_on")
ODD_ATTRIBUTES = (
    "has space", "", "\u00e9", "e\u0301", "if", "in", "a\"b", "\\", "\n", "__cedar", "1", "like", "*", "\u00a0",
)
IDS = ("1", "2", "x", "\u00e9", "e\u0301", "a b", "", "\"", "\\", "\u200b", "1 ", "\U0001f600", "*", "\u212b", "\u00c5")
TEXTS = (
    "", "a", "ab", "abc", "*", "a*", "\u00e9", "e\u0301", "\n", "\\", "\"", "10.0.0.1", "1.0", "2024-01-01", "1h",
    "\U0001f600", "\u0000", "principal", "A\u030a", "\u212b", "\r\n",
)
LONGS = (0, 1, 2, 3, 5, -1, -2, 10, 100, 9223372036854775807, -9223372036854775808, 9223372036854775806, 4294967296)
DECIMALS = ("0.0", "1.0", "1.00", "-1.5", "0.0001", "922337203685477.5807", "-922337203685477.5808", "01.10")
ADDRESSES = (
    "10.0.0.1", "10.0.0.0/8", "127.0.0.1", "::1", "ff00::/8", "224.0.0.0/4", "10.0.0.1/32", "0.0.0.0/0", "fe80::1/64",
    "1:2:3:4:5:6:7:8", "::",
)
DATETIMES = (
    "2024-01-01", "1969-12-31T23:59:59.999Z", "2024-02-29T12:00:00Z", "2024-01-01T01:00:00+0100", "0000-01-01",
    "9999-12-31T23:59:59.999-2359", "1970-01-01T00:00:00.000Z",
)
DURATIONS = ("0ms", "1d2h3m4s5ms", "-1h", "24h", "1d", "9223372036854775807ms", "-9223372036854775808ms", "90m")
# What the extension constructors must refuse.
BAD = {
    DECIMAL: ("1", "1.", ".1", "1.00000", "+1.0", "922337203685477.5808", "1e1", " 1.0", "-.5", "\u0661.0"),
    IP: (
        "", "10.0.0.01", "256.0.0.1", "10.0.0.1/33", "::1%eth0", "::ffff:10.0.0.1", "10.0.0.1/08", "1::2::3", "10.0.0",
    ),
    DATETIME: (
        "2024-02-30", "2024-1-1", "2024-01-01T24:00:00Z", "2024-01-01T00:00:60Z", "2024-01-01T00:00:00", "10000-01-01",
        "2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00+2400", "2024-01-01T00:00:00-0060", "2023-02-29", "-001-01-01",
    ),
    DURATION: ("", "1", "1h1d", "1h1h", "+1h", "1.5h", "- 1h", "ms", "-", "9223372036854775808ms", "1d 1h", "1y"),
}
GOOD = {DECIMAL: DECIMALS, IP: ADDRESSES, DATETIME: DATETIMES, DURATION: DURATIONS}


def quoted(text):
    """A text between quotes, as Cedar reads it."""
    out = ['"']
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\r":
            out.append("\\r")
        elif char == "\0":
            out.append("\\0")
        else:
            out.append(char)
    out.append('"')
    return "".join(out)


RESERVED = {"true", "false", "if", "then", "else", "in", "like", "has", "is", "__cedar"}


def is_name(text):
    """True for what may stand without quotes."""
    return text.isascii() and text.isidentifier() and text not in RESERVED


class EntityType:
    """What the schema says of the entities of one type."""

    __slots__ = ("path", "namespace", "parents", "fields", "tags", "ids", "ancestors")


class Action:
    """What the schema says of one action."""

    __slots__ = ("type", "id", "namespace", "parents", "principals", "resources", "context")


class World:
    """A schema with its entities. `paths` and such that policies need are worked out when first asked for."""

    def __init__(self, dice):
        self.dice = dice
        self.namespaces = sorted({dice.pick(NAMESPACES) for _ in range(1 + dice.below(2))})
        self.commons = {}
        self.make_types()
        self.make_attributes()
        self.make_actions()
        self.make_entities()
        self.path_cache = {}

    # The schema's model.

    def make_types(self):
        dice = self.dice
        self.types = {}
        for namespace in self.namespaces:
            for _ in range(1 + dice.below(3)):
                name = dice.pick(SHADOWING_NAMES) if dice.chance(0.02) else dice.pick(TYPE_NAMES)
                path = f"{namespace}::{name}" if namespace else name
                if namespace and name in self.types and dice.chance(0.9):
                    continue  # a name of the empty namespace may not be defined again elsewhere
                kind = EntityType()
                kind.path, kind.namespace, kind.ids, kind.tags, kind.fields = path, namespace, None, None, ()
                self.types[path] = kind
        self.type_list = list(self.types.values())
        for kind in self.type_list:
            if len(self.type_list) > 1 and dice.chance(0.15):
                kind.ids = sorted({dice.pick(IDS) for _ in range(1 + dice.below(3))})
            kind.parents = [] if kind.ids else [other.path for other in dice.some(self.type_list, 0.4)]
        for kind in self.type_list:
            reached, queue = set(), list(kind.parents)
            while queue:
                path = queue.pop()
                if path not in reached:
                    reached.add(path)
                    queue += self.types[path].parents
            kind.ancestors = reached

    def make_attributes(self):
        dice = self.dice
        for kind in self.type_list:
            if kind.ids:
                continue
            kind.fields = self.fields(dice.below(5), 2)
            if dice.chance(0.3):
                kind.tags = self.type(1)

    def fields(self, count, depth):
        dice = self.dice
        names = {dice.pick(ODD_ATTRIBUTES if dice.chance(0.12) else ATTRIBUTES) for _ in range(count)}
        return tuple((name, self.type(depth), dice.chance(0.6)) for name in sorted(names))

    def type(self, depth):
        dice = self.dice
        choice = dice.below(20)
        if choice < 3:
            return BOOL
        if choice < 7:
            return LONG
        if choice < 10:
            return STRING
        if choice < 13:
            return ("Entity", dice.pick(self.type_list).path)
        if choice < 15:
            return dice.pick(EXTENSIONS)
        if depth == 0:
            return LONG
        if choice < 18:
            return ("Set", self.type(depth - 1))
        return ("Record", self.fields(dice.below(4), depth - 1))

    def make_actions(self):
        dice = self.dice
        self.actions = []
        for index in range(2 + dice.below(3)):
            action = Action()
            action.namespace = dice.pick(self.namespaces)
            action.type = f"{action.namespace}::Action" if action.namespace else "Action"
            action.id = dice.pick(("read", "write", "all", "if", "\u00e9", "e\u0301", "a b"))
            if any(other.id == action.id for other in self.actions):
                continue
            action.parents = dice.some([(a.type, a.id) for a in self.actions], 0.35)
            applies = index == 0 or dice.chance(0.75)
            action.principals = [k.path for k in dice.some(self.type_list, 0.5)] if applies else []
            action.resources = [k.path for k in dice.some(self.type_list, 0.5)] if applies else []
            if index == 0:
                action.principals = action.principals or [dice.pick(self.type_list).path]
                action.resources = action.resources or [dice.pick(self.type_list).path]
            if not action.principals or not action.resources:
                action.principals, action.resources = [], []
            action.context = ("Record", self.fields(dice.below(5), 2) if action.principals else ())
            self.actions.append(action)
        self.applicable = [action for action in self.actions if action.principals]

    # Entities.

    def make_entities(self):
        dice = self.dice
        self.uids = {}
        for kind in self.type_list:
            ids = kind.ids or sorted({dice.pick(IDS) for _ in range(1 + dice.below(3))})
            self.uids[kind.path] = list(ids)
        self.all_uids = [(path, each) for path, ids in self.uids.items() for each in ids]
        entities = []
        order = {uid: place for place, uid in enumerate(self.all_uids)}
        for uid in self.all_uids:
            kind = self.types[uid[0]]
            if kind.ids and dice.chance(0.7):
                continue
            parents = [other for other in self.all_uids if other[0] in kind.parents and order[other] > order[uid]]
            entity = {
                "uid": uid_json(uid), "attrs": self.record_value(kind.fields, dice),
                "parents": [uid_json(parent) for parent in dice.some(parents, 0.5)],
            }
            if kind.tags is not None and not kind.ids:
                entity["tags"] = {dice.pick(TEXTS): self.value(kind.tags, dice) for _ in range(dice.below(3))}
            entities.append(entity)
        closure = {}
        for action in self.actions:
            reached = set(action.parents)
            for parent in action.parents:
                reached |= closure[parent]
            closure[(action.type, action.id)] = reached
            entities.append({
                "uid": uid_json((action.type, action.id)), "attrs": {},
                "parents": [uid_json(parent) for parent in sorted(reached)],
            })
        self.entities = entities
        self.action_ancestors = closure

    def value(self, kind, dice):
        """A JSON value of the type, with the escapes that need no schema."""
        name = kind[0]
        if name == "Bool":
            return dice.chance(0.5)
        if name == "Long":
            return dice.pick(LONGS)
        if name == "String":
            return dice.pick(TEXTS)
        if name == "Entity":
            path = kind[1]
            uid = (path, dice.pick(self.types[path].ids or IDS[:4]))
            return {"__entity": uid_json(uid)}
        if name == "Set":
            return [self.value(kind[1], dice) for _ in range(dice.below(4))]
        if name == "Record":
            return self.record_value(kind[1], dice)
        return {"__extn": {"fn": CONSTRUCTOR[kind], "arg": dice.pick(GOOD[kind])}}

    def record_value(self, fields, dice):
        return {name: self.value(kind, dice) for name, kind, required in fields if required or dice.chance(0.6)}

    def strict_value(self, value, dice):
        """The same JSON value with some escapes left out, as a schema allows."""
        if isinstance(value, list):
            return [self.strict_value(member, dice) for member in value]
        if isinstance(value, dict):
            if set(value) == {"__entity"} and isinstance(value["__entity"], dict) and dice.chance(0.5):
                return value["__entity"]
            if set(value) == {"__extn"} and isinstance(value["__extn"], dict) and dice.chance(0.5):
                return value["__extn"]["arg"] if dice.chance(0.6) else value["__extn"]
            return {key: self.strict_value(member, dice) for key, member in value.items()}
        return value


def uid_json(uid):
    return {"type": uid[0], "id": uid[1]}


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
