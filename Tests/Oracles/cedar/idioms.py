"""Conditions that ask much of a validator."""
from environment import IF, MEMBER, RELATION, SUM, uid
from worlds import BOOL, IDS, quoted

ODD_ACCESS = "[\"owner\"]"


def idiom(writer, depth):
    """Turns that ask much of a validator: unions of types, facts by odd ways, records built and taken apart."""
    dice = writer.dice
    environment = writer.environment
    kind = dice.pick(environment.kinds)
    other = dice.pick(environment.kinds)
    one = writer.at(IF, kind, depth)
    two = writer.at(IF, kind if dice.chance(0.6) else other, depth)
    test = writer.at(IF, BOOL, depth)
    name = dice.pick(("a", "b", "owner", '"a b"'))
    choice = dice.below(30)
    if choice == 0:
        return f"[{one}, {two}].contains({writer.at(IF, kind, depth)})"
    if choice == 1:
        return f"(if {test} then {one} else {two}) == {writer.at(SUM, kind, depth)}"
    if choice == 2:
        return f"{{{name}: {one}, n: 1}} == {{{name}: {two}, n: 2}}"
    if choice == 3:
        return f"(if {test} then {{a: {one}}} else {{a: {two}}}).a == {writer.at(SUM, kind, depth)}"
    if choice == 4:
        return f"(if {test} then {{a: {one}}} else {{a: {two}, b: 1}}) has b"
    if choice == 5:
        return f"{{a: {one}}} has {dice.pick(('a', 'b', 'a.b', 'a.n'))}"
    if choice == 6:
        return f"{{a: {one}}}.{dice.pick('aab')} == {writer.at(SUM, kind, depth)}"
    if choice == 7:
        return f"[{{a: {one}}}, {{a: {two}}}].containsAny([{{a: {one}}}])"
    if choice == 8:
        return f"[[{one}], [{two}]].containsAll([[]])"
    if choice == 9:
        return f"[{one}, {two}].isEmpty() || []{dice.pick(('.isEmpty()', '.contains(1)', ' == []'))}"
    if choice == 10:
        return f"{writer.at(SUM, kind, depth)} == {writer.at(SUM, other, depth)} || {test}"
    if choice == 11:
        return f"{writer.at(SUM, kind, depth)} != {writer.at(SUM, other, depth)} && {test}"
    if choice == 12:
        return f"[principal, resource].contains({dice.pick(('principal', 'resource', 'action'))})"
    if choice == 13:
        relation = dice.pick(("in", "=="))
        group = dice.pick(("principal", "resource", uid(dice.pick(writer.world.all_uids))))
        return f"(if {test} then principal else resource) {relation} {group}"
    if choice == 14:
        return f"(if {test} then principal else resource) has {dice.pick(('a', 'owner', 'n'))}"
    if choice == 15:
        path = dice.pick(writer.world.type_list).path
        variable = dice.pick(("principal", "resource", "action", "context"))
        return f"{variable} is {dice.pick((path, path, 'Action', 'N::Action', 'Zz'))}"
    if choice == 16:
        return "action " + dice.pick((
            "has a", "== principal", "in principal", "in []", "in [action]", "is Action", "== action", "!= action"))
    if choice == 17:
        variable = dice.pick(("principal", "resource"))
        group = dice.pick(("action", "[]", "[action]", "principal", "[principal, resource]", "context"))
        return f"{variable} in {group}"
    if choice == 18:
        enumerated = [kind for kind in writer.world.type_list if kind.ids]
        if not enumerated:
            return test
        kind = dice.pick(enumerated)
        name = quoted(dice.pick(IDS))
        return f"{kind.path}::{name} {dice.pick(('==', '!=', 'in'))} {dice.pick(('principal', 'resource'))}"
    if choice == 19:
        return f"{test} && {dice.pick(('true', 'false'))} || {dice.pick(('true', 'false', test))}"
    if choice == 20:
        return f"!({test} && !({dice.pick(('true', 'false', 'principal == resource'))}))"
    if choice == 21:
        known = dice.pick(("true", "false", "principal == principal", "action == action", "1 == 1", "1 == 2"))
        return f"(if {known} then {test} else {one})"
    if choice == 22:
        return f"{writer.at(RELATION, BOOL, depth)} == {writer.at(SUM, BOOL, depth)}"
    if choice == 23 and environment.tagged:
        owner, tag_kind, needs = dice.pick(environment.tagged)
        key = dice.pick(('"a"', "context.s", "principal.s", 'if true then "a" else "b"'))
        same = key if dice.chance(0.8) else '"b"'
        test = dice.pick((
            f"{owner}.hasTag({key}) && ", f"!{owner}.hasTag({key}) || ", f"{owner}.hasTag({key}) && {test} && ",
            f"({owner}.hasTag({key}) || {owner}.hasTag({same})) && ", "",
        ))
        return f"{test}{owner}.getTag({same}) == {writer.at(SUM, tag_kind, depth)}"
    if choice < 28 and environment.guards:
        return odd_guard(writer, depth, test)
    return f"{writer.at(MEMBER, kind, depth)}{dice.pick(('.a', '.n', ODD_ACCESS))} == {writer.at(SUM, other, depth)}"


def odd_guard(writer, depth, test):
    """A fact told in some roundabout way before it is used, which may or may not count."""
    dice = writer.dice
    fact, path, inner, needs = dice.pick(writer.environment.guards)
    whole = " && ".join(needs + (fact,))
    other, other_path, other_inner, other_needs = dice.pick(writer.environment.guards)
    other_whole = " && ".join(other_needs + (other,))
    use = f"{path} == {writer.at(SUM, inner, depth)}"
    if dice.chance(0.3):
        use += f" && {other_path} == {writer.at(SUM, other_inner, depth)}"
    return dice.pick((
        f"({whole} && {test}) && ({use})", f"({test} && {whole}) && ({use})", f"({whole} || {test}) && ({use})",
        f"({test} || {whole}) && ({use})", f"!(!({whole})) && ({use})", f"({whole}) == true && ({use})",
        f"({whole} || false) && ({use})", f"(false || {whole}) && ({use})", f"({whole} || true) && ({use})",
        f"(true || {whole}) && ({use})", f"(if {whole} then true else false) && ({use})",
        f"(if {test} then ({whole}) else false) && ({use})", f"(if {test} then false else ({whole})) && ({use})",
        f"(if {test} then ({whole}) else ({whole})) && ({use})", f"(if {whole} then {test} else ({whole})) && ({use})",
        f"(if {whole} then {test} else false) && ({use})", f"({whole} || ({whole} && {other_whole})) && ({use})",
        f"({whole} && ({other_whole})) && ({use})", f"if {whole} then ({use}) else ({use})",
        f"if !({whole}) then {test} else ({use})", f"({other_whole} || {whole}) && ({use})",
        f"({whole} && false) || ({use})", f"({use}) && {whole}", f"[{whole}].contains(true) && ({use})",
        f"({whole} && {whole}) && (({other_whole}) || ({use}))",
            f"({whole}) && (if {other_whole} then ({use}) else ({use}))",
        f"(if true then ({whole}) else {test}) && ({use})", f"(if false then {test} else ({whole})) && ({use})",
    ))
