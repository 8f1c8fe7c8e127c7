"""Random expressions of a wanted type, mostly well-typed for one kind of request.

Every writer returns a text and how tightly it binds; `at` puts parentheses where a place needs a tighter one.
"""
from environment import AND, IF, MEMBER, OR, PRODUCT, RELATION, SUM, UNARY, uid
from idioms import idiom
from worlds import (
    BAD, BOOL, CONSTRUCTOR, DATETIME, DECIMAL, DURATION, EXTENSIONS, GOOD, IDS, IP, LONG, LONGS, STRING,
    TEXTS, is_name, quoted,
)

COMPARISONS = ("<", "<=", ">", ">=")
DECIMAL_METHODS = ("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual")
IP_TESTS = ("isIpv4", "isIpv6", "isLoopback", "isMulticast")
DURATION_METHODS = ("toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays")
PATTERNS = (
    "*", "a*", "*b", "a*c", "\\**", "", "*\u00e9*", "e\u0301*", "**", "\\*", "*\\u{2a}", "\\x2a", "a\\u{301}*", "*.0.*",
)
ESCAPES = ("\\u{e9}", "\\x41", "\\u{1_F6_00}", "\\'", "\\t", "\\0", "\\u{0_0}", "\\u{000041}", "\\u{10FFFF}", "\\\"")


class Writer:
    """Writes expressions for one policy."""

    def __init__(self, dice, environment, slip):
        """`slip` is the share of places where something wrong is written."""
        self.dice = dice
        self.environment = environment
        self.world = environment.world
        self.slip = slip
        self.facts = ()
        self.tag_facts = ()

    def condition(self, depth):
        return self.expression(BOOL, depth)[0]

    def at(self, level, kind, depth):
        text, binds = self.expression(kind, depth)
        if binds < level or self.dice.roll() < 0.02:
            return f"({text})"
        return text

    def expression(self, kind, depth):
        dice = self.dice
        if dice.roll() < self.slip:
            return self.wrong(kind, depth)
        roll = dice.roll()
        if kind == BOOL and depth > 0 and roll > 0.93:
            return idiom(self, depth - 1), IF
        if depth > 0:
            if roll < 0.07:
                return self.conditional(kind, depth - 1)
            if roll < 0.12 and self.environment.guards:
                return self.guarded(kind, depth - 1)
        if roll < 0.5 or depth <= 0:
            found = self.path(kind)
            if found is not None:
                return found, MEMBER
        return WRITERS[kind[0]](self, kind, depth - 1)

    # What may stand for any type.

    def path(self, kind):
        paths = self.environment.paths.get(kind)
        dice = self.dice
        if not paths:
            return None
        for _ in range(3):
            text, needs = dice.pick(paths)
            if all(need in self.facts for need in needs):
                return text
        return text if dice.roll() < self.slip else None

    def conditional(self, kind, depth):
        if self.environment.guards and self.dice.chance(0.3):
            fact, path, inner, needs = self.dice.pick(self.environment.guards)
            outer = self.facts
            self.facts = outer + needs + (fact,)
            then = self.at(IF, kind, depth)
            self.facts = outer
            condition = " && ".join(needs + (fact,))
        else:
            condition, then = self.at(IF, BOOL, depth), self.at(IF, kind, depth)
        return f"if {condition} then {then} else {self.at(IF, kind, depth)}", IF

    def guarded(self, kind, depth):
        """An optional attribute, asked for before it is used."""
        dice = self.dice
        fact, path, inner, needs = dice.pick(self.environment.guards)
        outer = self.facts
        facts = needs + (fact,)
        self.facts = outer + facts
        shape = dice.below(10)
        if kind == BOOL:
            use = path if inner == BOOL and dice.chance(0.5) else None
            if use is None and inner[0] in COMPARABLE and dice.chance(0.6):
                use = f"{path} == {self.at(SUM, inner, depth)}"
            if use is None:
                use = self.at(AND if shape < 7 else RELATION, BOOL, depth)
            self.facts = outer
            if shape < 5:
                return " && ".join(facts + (use if " == " not in use else use,)), AND
            if shape == 5:
                return f"({' && '.join(facts)}) && ({use})", AND
            if shape == 6:
                return f"!({' && '.join(facts)}) || ({use})", OR
            if shape == 7:
                return f"({facts[-1]} || {facts[-1]}) && ({use})", AND
            if shape == 8:
                return f"({' && '.join(facts)} || {self.at(AND, BOOL, depth)}) && ({use})", AND
            return f"{' && '.join(facts)} && {self.at(RELATION, BOOL, depth)} && ({use})", AND
        use = path if inner == kind else self.at(IF, kind, depth)
        self.facts = outer
        return f"if {' && '.join(facts)} then {use} else {self.at(IF, kind, depth)}", IF

    def wrong(self, kind, depth):
        """Something that is probably ill-typed, or fails when it is evaluated."""
        dice = self.dice
        choice = dice.below(12)
        if choice < 3:
            return self.expression(dice.pick(self.environment.kinds), depth)
        if choice < 5:
            paths = self.environment.paths.get(kind)
            if paths:
                return dice.pick(paths)[0], MEMBER
        if choice == 5 and self.environment.kinds:
            paths = self.environment.paths[dice.pick(self.environment.kinds)]
            return f"{dice.pick(paths)[0]}.{dice.pick(('a', 'b', 'zz', 'owner', 'if_'))}", MEMBER
        if choice == 6:
            extension = dice.pick(EXTENSIONS)
            return f"{CONSTRUCTOR[extension]}({quoted(dice.pick(BAD[extension]))})", MEMBER
        if choice == 7:
            extension = dice.pick(EXTENSIONS)
            arguments = ", ".join(self.at(IF, STRING, depth) for _ in range(dice.below(3)))
            return f"{CONSTRUCTOR[extension]}({arguments})", MEMBER
        if choice == 8:
            return f"{dice.pick(('Zz', 'N::Zz', 'U', 'Action', 'N::Action'))}::{quoted(dice.pick(IDS))}", MEMBER
        if choice == 9:
            return f"{self.at(MEMBER, kind, depth)}.{dice.pick(METHODS)}({self.at(IF, kind, depth)})", MEMBER
        if choice == 10:
            return f"[{self.at(IF, kind, depth)}, {self.at(IF, dice.pick(self.environment.kinds), depth)}]", MEMBER
        plain = ("[]", "{}", "context", "action", "9223372036854775807 + 1", "true", '""', "-(-9223372036854775808)")
        return dice.pick(plain), UNARY

    # Bools.

    def boolean(self, kind, depth):
        dice = self.dice
        if depth < 0:
            return dice.pick(("true", "false", "true")), MEMBER
        choice = dice.below(24)
        if choice < 4:
            terms = [self.at(RELATION, BOOL, depth) for _ in range(2 + (dice.below(3) == 0))]
            return " && ".join(terms), AND
        if choice < 7:
            terms = [self.at(AND, BOOL, depth) for _ in range(2 + (dice.below(4) == 0))]
            return " || ".join(terms), OR
        if choice < 8:
            return "!" * (1 + (dice.below(8) == 0)) + self.at(MEMBER, BOOL, depth), UNARY
        if choice < 10:
            kind = dice.pick((LONG, LONG, LONG, DATETIME, DURATION))
            return f"{self.at(SUM, kind, depth)} {dice.pick(COMPARISONS)} {self.at(SUM, kind, depth)}", RELATION
        if choice < 13:
            kind = dice.pick(self.environment.kinds) if dice.chance(0.6) else dice.pick((LONG, STRING, BOOL, DECIMAL))
            equal = "==" if dice.chance(0.75) else "!="
            return f"{self.at(SUM, kind, depth)} {equal} {self.at(SUM, kind, depth)}", RELATION
        if choice < 16:
            return self.membership(depth)
        if choice < 17:
            return f"{self.at(SUM, STRING, depth)} like \"{dice.pick(PATTERNS)}\"", RELATION
        if choice < 18:
            return self.has(depth)
        if choice < 20:
            return self.set_test(depth)
        if choice < 21:
            return self.tag_test(depth)
        if choice < 22:
            left = self.at(MEMBER, DECIMAL, depth)
            return f"{left}.{dice.pick(DECIMAL_METHODS)}({self.at(IF, DECIMAL, depth)})", MEMBER
        if choice < 23:
            if dice.chance(0.4):
                return f"{self.at(MEMBER, IP, depth)}.isInRange({self.at(IF, IP, depth)})", MEMBER
            return f"{self.at(MEMBER, IP, depth)}.{dice.pick(IP_TESTS)}()", MEMBER
        # What is false or true whatever the request, and what stands beside it is then not looked at.
        return self.foregone(depth)

    def foregone(self, depth):
        dice = self.dice
        never = dice.pick((
            "false", "principal in []", f"principal is {dice.pick(self.world.type_list).path}",
            f"action == {uid(self.some_action())}", f"action in [{uid(self.some_action())}]",
            f"resource in {uid(dice.pick(self.world.all_uids))}", "!true", "context has zz", "action has a",
            f"principal == {uid(dice.pick(self.world.all_uids))}", "principal has zz", "action == principal",
        ))
        use = self.wrong(BOOL, depth)[0] if dice.chance(0.5) else self.condition(depth)
        shape = dice.below(5)
        if shape < 2:
            return f"{never} && ({use})", AND
        if shape == 2:
            return f"!({never}) || ({use})", OR
        if shape == 3:
            return f"if {never} then {use} else {self.at(IF, BOOL, depth)}", IF
        return f"({use}) && {never}", AND

    def some_action(self):
        action = self.dice.pick(self.world.actions)
        return action.type, action.id

    def membership(self, depth):
        dice = self.dice
        world = self.world
        left_kind = self.entity_kind()
        left = self.at(SUM, left_kind, depth)
        choice = dice.below(8)
        ancestors = list(world.types[left_kind[1]].ancestors)
        ancestors.sort()
        right_kind = ("Entity", dice.pick(ancestors)) if ancestors and dice.chance(0.8) else self.entity_kind()
        if choice < 2:
            return f"{left} in {self.at(SUM, right_kind, depth)}", RELATION
        if choice < 4:
            inside = ", ".join(self.at(IF, right_kind, depth) for _ in range(1 + dice.below(3)))
            return f"{left} in [{inside}]", RELATION
        if choice == 4:
            return f"{left} in {self.at(SUM, ('Set', right_kind), depth)}", RELATION
        if choice == 5:
            return f"{left} is {dice.pick(world.type_list).path}", RELATION
        if choice == 6:
            kind = dice.pick(world.type_list).path if dice.chance(0.4) else left_kind[1]
            return f"{left} is {kind} in {self.at(SUM, right_kind, depth)}", RELATION
        if dice.chance(0.5):
            return f"action in {uid(self.some_action())}", RELATION
        return f"action in [{', '.join(uid(self.some_action()) for _ in range(1 + dice.below(2)))}]", RELATION

    def entity_kind(self):
        kinds = [kind for kind in self.environment.kinds if kind[0] == "Entity"]
        return self.dice.pick(kinds)

    def has(self, depth):
        dice = self.dice
        if self.environment.guards and dice.chance(0.7):
            fact, path, inner, needs = dice.pick(self.environment.guards)
            if needs and dice.chance(0.7):
                return " && ".join(needs + (fact,)), AND
            return fact, RELATION
        owner = dice.pick(("principal", "resource", "context"))
        if dice.chance(0.3):
            return f"{owner} has {dice.pick(('a.b', 'r.a', 'r.n.s', 'owner.a', 'a.if', 'zz.b.c'))}", RELATION
        return f"{owner} has {dice.pick(('a', 'b', 'owner', 'r', quoted('has space'), quoted('if')))}", RELATION

    def set_test(self, depth):
        dice = self.dice
        sets = [kind for kind in self.environment.kinds if kind[0] == "Set"]
        kind = dice.pick(sets) if sets and dice.chance(0.7) else ("Set", dice.pick((LONG, STRING, BOOL)))
        owner = self.at(MEMBER, kind, depth)
        choice = dice.below(5)
        if choice < 2:
            return f"{owner}.contains({self.at(IF, kind[1], depth)})", MEMBER
        if choice == 2:
            return f"{owner}.containsAll({self.at(IF, kind, depth)})", MEMBER
        if choice == 3:
            return f"{owner}.containsAny({self.at(IF, kind, depth)})", MEMBER
        return f"{owner}.isEmpty()", MEMBER

    def tag_test(self, depth):
        dice = self.dice
        tagged = self.environment.tagged
        if not tagged:
            return f"principal.hasTag({quoted(dice.pick(TEXTS))})", MEMBER
        owner, kind, needs = dice.pick(tagged)
        name = self.at(IF, STRING, depth) if dice.chance(0.4) else quoted(dice.pick(TEXTS))
        facts = " && ".join(needs + (f"{owner}.hasTag({name})",))
        if kind[0] in COMPARABLE and dice.chance(0.7):
            other = name if dice.chance(0.9) else quoted(dice.pick(TEXTS))
            return f"{facts} && {owner}.getTag({other}) == {self.at(SUM, kind, depth)}", AND
        return facts, AND if needs else MEMBER

    # Other types.

    def long(self, kind, depth):
        dice = self.dice
        if depth < 0 or dice.chance(0.45):
            value = dice.pick(LONGS) if dice.chance(0.3) else dice.below(6)
            return (str(value), MEMBER) if value >= 0 else (str(value), UNARY)
        choice = dice.below(6)
        if choice < 3:
            terms = self.at(PRODUCT, LONG, depth)
            for _ in range(1 + (dice.below(4) == 0)):
                terms += f" {dice.pick('+-')} {self.at(PRODUCT, LONG, depth)}"
            return terms, SUM
        if choice == 3:
            return f"{self.at(UNARY, LONG, depth)} * {self.at(UNARY, LONG, depth)}", PRODUCT
        if choice == 4:
            return "-" * (1 + (dice.below(6) == 0)) + self.at(MEMBER, LONG, depth), UNARY
        return f"{self.at(MEMBER, DURATION, depth)}.{dice.pick(DURATION_METHODS)}()", MEMBER

    def string(self, kind, depth):
        if self.dice.chance(0.08):
            return f"\"{self.dice.pick(ESCAPES)}{self.dice.pick(('', 'a', ' '))}\"", MEMBER
        return quoted(self.dice.pick(TEXTS)), MEMBER

    def entity(self, kind, depth):
        dice = self.dice
        ids = self.world.types[kind[1]].ids or IDS[:4]
        name = dice.pick(IDS) if dice.chance(0.05) else dice.pick(ids)
        return f"{kind[1]}::{quoted(name)}", MEMBER

    def set(self, kind, depth):
        dice = self.dice
        count = dice.below(4) if dice.chance(0.1) else 1 + dice.below(3)
        return f"[{', '.join(self.at(IF, kind[1], depth) for _ in range(count))}]", MEMBER

    def record(self, kind, depth):
        dice = self.dice
        inside = [
            f"{name if is_name(name) and dice.chance(0.8) else quoted(name)}: {self.at(IF, inner, depth)}"
            for name, inner, required in kind[1] if required or dice.chance(0.7)
        ]
        comma = "," if inside and dice.chance(0.2) else ""
        return f"{{{', '.join(inside)}{comma}}}", MEMBER

    def extension(self, kind, depth):
        dice = self.dice
        if depth >= 0 and dice.chance(0.3):
            if kind == DATETIME:
                if dice.chance(0.5):
                    return f"{self.at(MEMBER, DATETIME, depth)}.offset({self.at(IF, DURATION, depth)})", MEMBER
                return f"{self.at(MEMBER, DATETIME, depth)}.toDate()", MEMBER
            if kind == DURATION:
                if dice.chance(0.5):
                    return f"{self.at(MEMBER, DATETIME, depth)}.durationSince({self.at(IF, DATETIME, depth)})", MEMBER
                return f"{self.at(MEMBER, DATETIME, depth)}.toTime()", MEMBER
        return f"{CONSTRUCTOR[kind]}({quoted(dice.pick(GOOD[kind]))})", MEMBER


WRITERS = {
    "Bool": Writer.boolean, "Long": Writer.long, "String": Writer.string, "Entity": Writer.entity,
    "Set": Writer.set, "Record": Writer.record, "decimal": Writer.extension, "ipaddr": Writer.extension,
    "datetime": Writer.extension, "duration": Writer.extension,
}
COMPARABLE = ("Bool", "Long", "String", "Entity", "decimal", "ipaddr", "datetime", "duration", "Set", "Record")
METHODS = (
    "contains", "containsAll", "containsAny", "isEmpty", "getTag", "hasTag", "lessThan", "isIpv4", "isInRange",
    "offset",
    "toDate", "toDays", "durationSince", "nosuch", "ip", "size",
)
