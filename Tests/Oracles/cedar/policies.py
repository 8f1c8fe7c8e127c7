"""Random policy sets for a world."""
from environment import Environment, uid
from expressions import Writer
from worlds import IDS, quoted, uid_json

ANNOTATIONS = ('@id("a")', '@id("a")', "@x", '@if("y")', '@permit("\\u{e9}")', '@x("")', '@"bad"', "@advice")


class PolicyWriter:
    """Writes policies for the kinds of request a world knows."""

    def __init__(self, world, dice):
        self.world = world
        self.dice = dice
        # The kinds of request the policies were written for.
        self.environments = []
        # Which policies are templates, by their place, and what their slots should be filled with.
        self.slots = []

    def text(self):
        count = (1, 1, 1, 1, 2, 2, 2, 3, 4, 6)[self.dice.below(10)]
        return "\n".join(self.policy(place) for place in range(count))

    def links(self):
        """Policies to be made from the templates; a few cannot be."""
        dice = self.dice
        links = []
        for place, slots in self.slots:
            values = {f"?{variable}": uid_json(uid) for variable, uid in slots}
            if dice.chance(0.05):
                values["?resource"] = uid_json(dice.pick(self.world.all_uids))
            if dice.chance(0.05):
                values.popitem()
            name = dice.pick((f"link{place}", f"link{place}", f"link{place}", "policy0", "l\u00e9", ""))
            links.append({"template": f"policy{place}", "id": name, "values": values})
        return links

    def environment(self):
        world, dice = self.world, self.dice
        action = dice.pick(world.applicable)
        key = (action.type, action.id, dice.pick(action.principals), dice.pick(action.resources))
        found = world.path_cache.get(key)
        if found is None:
            found = world.path_cache[key] = Environment(world, action, key[2], key[3])
        return found

    def policy(self, place):
        dice = self.dice
        environment = self.environment()
        self.environments.append(environment)
        quality = dice.below(10)
        slip = 0.0 if quality < 6 else 0.02 if quality < 8 else 0.08
        writer = Writer(dice, environment, slip)
        text = ""
        if dice.chance(0.12):
            text += " ".join({dice.pick(ANNOTATIONS if slip else ANNOTATIONS[:1]) for _ in range(1)}) + "\n"
        text += "permit" if dice.chance(0.65) else "forbid"
        text += f"({self.scope(environment, slip, place)})"
        count = (0, 1, 1, 1, 1, 1, 2, 2, 3, 1)[dice.below(10)]
        for _ in range(count):
            body = writer.condition(1 + dice.below(4))
            if dice.chance(0.01):
                body = self.deepened(body)
            text += f" {'when' if dice.chance(0.7) else 'unless'} {{ {body} }}"
        return text + ";"

    def deepened(self, body):
        """The same condition many levels down."""
        dice = self.dice
        levels = dice.below(80)
        choice = dice.below(4)
        if choice == 0:
            return "(" * levels + body + ")" * levels
        if choice == 1:
            return "!(" * levels + body + ")" * levels
        if choice == 2:
            return f"({body}) || " * levels + "false"
        return "if true then " * levels + f"({body})" + " else false" * levels

    def scope(self, environment, slip, place):
        dice = self.dice
        world = self.world
        slots = dice.pick((("principal",), ("resource",), ("principal", "resource"))) if dice.chance(0.05) else ()
        principal = self.who("principal", environment.principal, slip, "principal" in slots)
        resource = self.who("resource", environment.resource, slip, "resource" in slots)
        if slots:
            kinds = {"principal": environment.principal, "resource": environment.resource}
            self.slots.append((place, [(slot, self.filling(kinds[slot])) for slot in slots]))
        action = environment.action
        name = (action.type, action.id)
        choice = dice.below(20)
        if choice < 9:
            verb = f"action == {uid(name)}"
        elif choice < 12:
            groups = sorted(world.action_ancestors[name]) + [name]
            verb = f"action in {uid(dice.pick(groups))}"
        elif choice < 15:
            others = [(a.type, a.id) for a in dice.some(world.actions, 0.3)]
            verb = f"action in [{', '.join(map(uid, others + [name]))}]"
        elif choice < 16:
            other = dice.pick(world.actions)
            verb = f"action in [{', '.join(map(uid, [(other.type, other.id)] * dice.below(3)))}]"
        elif choice < 17 and slip:
            verb = f"action == {dice.pick(('Action', 'N::Action', 'Act', 'Action::x', 'U'))}::{quoted(dice.pick(IDS))}"
        else:
            verb = "action"
        return f"{principal}, {verb}, {resource}"

    def filling(self, kind):
        """An entity for a slot: one of the wanted type, or something such a one may be in."""
        groups = sorted(self.world.types[kind].ancestors)
        path = self.dice.pick(groups) if groups and self.dice.chance(0.4) else kind
        return path, self.dice.pick(self.world.uids[path])

    def who(self, variable, kind, slip, slot):
        dice = self.dice
        world = self.world
        groups = sorted(world.types[kind].ancestors)
        group = dice.pick(groups) if groups and dice.chance(0.8) else kind
        if slip and dice.chance(0.1):
            group = dice.pick(world.type_list).path
            kind = dice.pick((kind, kind, "Zz", "N::Zz", dice.pick(world.type_list).path))
        target = f"?{variable}" if slot else uid((group, dice.pick(world.uids[group])))
        choice = dice.below(20)
        if slot:
            choice = 7 + dice.below(6)
        if choice < 7:
            return f"{variable} is {kind}"
        if choice < 9:
            if not slot:
                target = uid((kind, dice.pick(world.uids.get(kind, IDS))))
            return f"{variable} == {target}"
        if choice < 11:
            return f"{variable} in {target}"
        if choice < 13:
            return f"{variable} is {kind} in {target}"
        return variable
