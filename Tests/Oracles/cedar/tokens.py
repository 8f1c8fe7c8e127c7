"""What hostile texts are made with: tokens of every kind, and JSON that stands in place of other JSON."""

POLICY_TOKENS = (
    "(", ")", "[", "]", "{", "}", ",", ";", "::", ".", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "-", "+", "*",
    "/", "%", "=", "&", "|", "?principal", "?resource", "?", "@", "@x", "if", "then", "else", "in", "is", "has", "like",
    "true", "false", "when", "unless", "permit", "forbid", "principal", "action", "resource", "context", "__cedar",
    "Action", "ip", "decimal", "contains", "isEmpty", "a", "_", "0", "1", "00", "9223372036854775807",
    "9223372036854775808", "18446744073709551615", "18446744073709551616", "-1", '""', '"a"', '"*"', '"\\*"',
    '"\\u{301}"',
    '"\\q"', '"\\x80"', '"\\u{D800}"', '"\\u{110000}"', '"\\u{}"', '"\\u{_1}"', '"\\\n"', '"a\nb"', '"a\rb"', "'a'",
    "//", "/* */",
    "\u00a0", "\ufeff", "\u2028", "\r", "\u200b", "\u0000", "e\u0301", "\u00e9", "#", "$", "~", "^", "`", "\\", ":",
    ": :", "!=", "! =", "1.0",
    "N::ip(\"::\")", "Action::\"read\"", "action", "== ?principal", "in ?resource", "is U", "is U in", "has a.b",
    "has \"a b\"",
    ".contains(1)", ".isEmpty()", "@id(\"a\")", "when { true }", "unless { false }", "{}", "[]", "()", "!!!!!", "----",
    "-----", "!-", "-!", "_x", "Set", "error", "1a", "0x1", "permit(principal,action,resource);",
)
SCHEMA_TOKENS = (
    "{", "}", "[", "]", "<", ">", ",", ";", ":", "::", "?", "=", "(", ")", "@doc", '@doc("x")',
    "@doc(\"a\")@doc(\"b\")", "entity", "action", "type",
    "namespace", "in", "enum", "tags", "appliesTo", "principal", "resource", "context", "Set", "Set<Long>", "Long",
    "Bool", "Boolean", "String", "ipaddr", "decimal", "datetime", "duration", "__cedar", "__cedar::Long",
    "__cedar::Bool", "Action", "U", "R", "N",
    "N::U", "A::B", '"a"', '""', '"\\u{e9}"', "if", "true", "a", "Record", "Entity", "Extension", "attributes",
    "\u00a0", "\ufeff", "// x\n",
    "{}", "Set<>", "entity U;", "type U = Long;", "type T = T;", 'action "a";', "entity E enum [];",
    'entity E enum ["a","a"];',
    "1", "-", "\u00e9", "has", "is", "like", "type Long = String;", "namespace N {}", "entity Action;",
    "type Set = Long;", "type permit = U;",
)
JSON_TOKENS = (
    "{", "}", "[", "]", ",", ":", "null", "true", "false", "0", "-0", "1.0", "1e3", "01", "-", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", '""', '"a"', '"\\ud800"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\x"',
    '"type"', '"id"', '"uid"',
    '"attrs"', '"parents"', '"tags"', '"__entity"', '"__extn"', '"fn"', '"arg"', '"args"', '"ip"', '"decimal"',
    '"__expr"',
    '"Record"', '"Set"', '"element"', '"attributes"', '"required"', '"additionalAttributes"', '"name"', '"Entity"',
    '"Long"', '"entityTypes"', '"actions"',
    '"commonTypes"', '"memberOf"', '"memberOfTypes"', '"appliesTo"', '"principalTypes"', '"resourceTypes"',
    '"context"', '"shape"', '"enum"', '"Boolean"', '"Bool"',
    '"Extension"', '"EntityOrCommon"', '"annotations"', '"U"', '"N::U"', '"U "', '"__cedar::Long"', '"String"',
    '"Action"', "{}", "[]", "\u00a0", "\ufeff", "\t", "\n",
)
EST_TOKENS = JSON_TOKENS + (
    '"staticPolicies"', '"templates"', '"templateLinks"', '"effect"', '"permit"', '"forbid"', '"principal"',
    '"action"', '"resource"',
    '"op"', '"=="', '"in"', '"is"', '"All"', '"entity"', '"entities"', '"entity_type"', '"slot"', '"?principal"',
    '"?resource"', '"conditions"',
    '"kind"', '"when"', '"unless"', '"body"', '"Value"', '"Var"', '"Slot"', '"!"', '"neg"', '"isEmpty"', '"&&"',
    '"||"', '"+"', '"contains"', '"."',
    '"has"', '"attr"', '"left"', '"right"', '"arg"', '"like"', '"pattern"', '"Wildcard"', '"Literal"',
    '"if-then-else"', '"if"', '"then"',
    '"else"', '"Unknown"', '"isIpv4"', '"templateId"', '"newId"', '"values"', '"annotations"', '{"Value":true}',
    '{"Var":"context"}', '{"Value":[]}',
)

# Characters that have no business where they turn up.
ODD = (
    "\u00a0", "\u0301", "\ufeff", "\0", "\r", "\n", "\\", '"', "'", "*", "\u2028", "\u3000", "\u180e", "_", "0", "/",
    "\u200d",
    "\u0661", "\U0001f600", "\x1f", "\x0b", "\x85", ".", "-", "!", "A", "{", ":",
)


def called(function, *arguments):
    return {"__extn": {"fn": function, "args": list(arguments)}}


IP, SPAN, INSTANT = called("ip", "10.0.0.1/8"), called("duration", "1h"), called("datetime", "2024-01-01")
# Calls that JSON may hold in place of values: every function of the extension types, some with wrong arguments.
CALLS = (
    called("offset", INSTANT, SPAN), called("offset", SPAN, INSTANT), called("isIpv4", IP), called("isInRange", IP, IP),
    called("isInRange", IP), called("toDate", INSTANT), called("toTime", INSTANT),
    called("durationSince", INSTANT, INSTANT),
    called("toDays", SPAN), called("toHours", IP), called("toMinutes", SPAN), called("toSeconds", SPAN),
    called("isLoopback", IP),
    called("lessThan", called("decimal", "1.0"), called("decimal", "2.0")), called("greaterThan", 1, 2), called("ip"),
    called("toMilliseconds", called("duration", "9223372036854775807ms")), called("ip", "::1", "::1"), called("ip", 1),
    called("offset", "2024-01-01", "1h"), called("isMulticast", called("ip", "ff00::1")), called("contains", [1], 1),
    {"__extn": {"fn": "toDate", "arg": INSTANT}}, {"__extn": {"fn": "decimal", "arg": ["1.0"]}},
    called("isIpv6", "::1"),
)
EST_NODES = (
    {"Value": {"__extn": {"fn": "ip", "arg": "::"}}}, {"Value": {"__extn": {"fn": "ip", "arg": "x"}}},
    {"Value": [1, "a", True]},
    {"Value": {"a": 1, "b": {"__entity": {"type": "U", "id": "x"}}}}, {"Value": {}}, {"Value": None}, {"Value": 1.5},
    {"Value": [1, [2]]},
    {"Var": "principal"}, {"Var": "x"}, {"Slot": "?principal"}, {"Slot": "principal"}, {"Unknown": {"name": "x"}},
    {"ip": [{"Value": "::"}]},
    {"ip": []}, {"ip": [{"Value": 1}, {"Value": 2}]}, {"Set": []}, {"Record": {}},
    {"Record": {"a": {"Value": 1}, "": {"Set": []}}},
    {"op": "All"}, {"op": "is", "entity_type": "U"}, {"op": "==", "slot": "?principal"},
    {"op": "in", "slot": "?resource"},
    {"op": "is", "entity_type": "U", "in": {"slot": "?principal"}}, {"op": "in", "entities": []},
    {"op": "All", "entity": None},
    {"op": "in", "entity": {"type": "Action", "id": "x"}},
    {"op": "==", "entity": {"__entity": {"type": "Action", "id": "x"}}},
    {"has": {"left": {"Var": "context"}, "attr": ["a", "b"]}}, {"has": {"left": {"Var": "context"}, "attr": []}},
    {"has": {"left": {"Var": "context"}, "attr": "if"}}, {".": {"left": {"Var": "context"}, "attr": "a b"}},
    {"like": {"left": {"Value": "a"}, "pattern": []}},
    {"like": {"left": {"Value": "a"}, "pattern": ["Wildcard", "Wildcard", {"Literal": "*"}]}},
    {"like": {"left": {"Value": "a"}, "pattern": ["a"]}}, {"like": {"left": {"Value": "a"}, "pattern": "a*"}},
    {"isEmpty": {"arg": {"Set": []}}},
    {"is": {"left": {"Var": "action"}, "entity_type": "Action"}},
    {"is": {"left": {"Var": "action"}, "entity_type": "if"}},
    {"is": {"left": {"Var": "action"}, "entity_type": "U", "in": {"Var": "resource"}}},
    {"neg": {"arg": {"Value": 9223372036854775807}}},
    {"!": {"arg": {"Value": True}}, "neg": {"arg": {"Value": 1}}}, {},
    {"getTag": {"left": {"Var": "principal"}, "right": {"Value": "t"}}},
    {"if-then-else": {"if": {"Value": True}, "then": {"Value": 1}, "else": {"Value": "x"}}},
    {"!=": {"left": {"Value": 1}, "right": {"Value": 2}}},
    {"isInRange": [{"Value": "a"}]}, {"nosuch": [{"Value": "a"}]}, {"decimal": {"Value": "1.0"}},
    {"kind": "when", "body": {"Value": True}},
)
