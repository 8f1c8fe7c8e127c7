"""Texts that are almost right: random changes of tokens and of characters."""
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
    "{}", "[]", "()", "!!!!!", "----", "-----", "!-", "-!", "_x", "Set", "error", "1a", "0x1", "permit(principal,action,resource);",
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


def changed(text, tokens, dice):
    """The text with one or two tokens or characters changed."""
    parts = TOKEN.findall(text)
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


ODD = (
    "\u00a0", "\u0301", "\ufeff", "\0", "\r", "\n", "\\", '"', "'", "*", "\u2028", "\u3000", "\u180e", "_", "0", "/", "\u200d",
    "\u0661", "\U0001f600", "\x1f", "\x0b", "\x85", ".", "-", "!", "A", "{", ":",
)
