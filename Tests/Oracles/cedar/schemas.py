"""The two written forms of a world's schema, in varied styles."""
from worlds import compact, is_name, quoted


def key(name, dice):
    return name if is_name(name) and dice.chance(0.85) else quoted(name)


class SchemaText:
    """Writes a schema in Cedar's own format."""

    def __init__(self, world, dice):
        self.world = world
        self.dice = dice
        self.commons = {}

    def text(self):
        return self.blocks(self.bodies())

    def bodies(self):
        world, dice = self.world, self.dice
        bodies = {}
        for namespace in world.namespaces:
            self.namespace = namespace
            self.commons = {}
            parts = [self.entity(kind) for kind in world.type_list if kind.namespace == namespace]
            parts += [self.action(action) for action in world.actions if action.namespace == namespace]
            parts += [f"type {name} = {body};" for name, body in self.commons.items()]
            if dice.chance(0.3):
                parts.reverse()
            bodies[namespace] = parts
        return bodies

    def blocks(self, bodies):
        out = []
        for namespace, parts in bodies.items():
            body = "\n".join(parts)
            if not namespace:
                out.append(body)
            else:
                out.append(f"namespace {namespace} {{\n{body}\n}}")
        return "\n".join(out) + "\n"

    def reference(self, path):
        """An entity type as it may be written here: whole, or without the namespace it shares."""
        namespace, _, name = path.rpartition("::")
        if namespace == self.namespace and namespace and self.dice.chance(0.5):
            return name
        return path

    def entity(self, kind):
        dice = self.dice
        name = kind.path.rpartition("::")[2]
        note = "@doc(\"x\")\n" if dice.chance(0.03) else ""
        if kind.ids:
            return f"{note}entity {name} enum [{', '.join(map(quoted, kind.ids))}];"
        text = f"{note}entity {name}"
        if kind.parents:
            parents = [self.reference(path) for path in kind.parents]
            text += f" in {parents[0]}" if len(parents) == 1 and dice.chance(0.5) else f" in [{', '.join(parents)}]"
        if kind.fields or dice.chance(0.2):
            text += " = " if dice.chance(0.2) else " "
            text += self.record(kind.fields)
        if kind.tags is not None:
            text += f" tags {self.type(kind.tags)}"
        return text + ";"

    def action(self, action):
        dice = self.dice
        text = f"action {key(action.id, dice)}"
        if action.parents:
            parents = []
            for kind, name in action.parents:
                if kind == action.type and dice.chance(0.7):
                    parents.append(key(name, dice))
                else:
                    parents.append(f"{kind}::{quoted(name)}")
            text += f" in [{', '.join(parents)}]"
        if action.principals:
            lists = [
                f"principal: {self.type_list(action.principals)}", f"resource: {self.type_list(action.resources)}",
            ]
            if action.context[1] or dice.chance(0.2):
                lists.append(f"context: {self.record(action.context[1])}")
            if dice.chance(0.2):
                lists.reverse()
            text += " appliesTo {" + ", ".join(lists) + ("," if dice.chance(0.1) else "") + "}"
        return text + ";"

    def type_list(self, paths):
        names = [self.reference(path) for path in paths]
        return names[0] if len(names) == 1 and self.dice.chance(0.5) else f"[{', '.join(names)}]"

    def record(self, fields):
        dice = self.dice
        inside = [
            f"{key(name, dice)}{'' if required else '?'}: {self.type(kind)}" for name, kind, required in fields
        ]
        return "{" + ", ".join(inside) + ("," if inside and dice.chance(0.1) else "") + "}"

    def type(self, kind):
        dice = self.dice
        if dice.chance(0.08):
            name = f"C{len(self.commons)}"
            self.commons[name] = self.plain(kind)
            return name
        return self.plain(kind)

    def plain(self, kind):
        name = kind[0]
        if name == "Entity":
            return self.reference(kind[1])
        if name == "Set":
            return f"Set<{self.type(kind[1])}>"
        if name == "Record":
            return self.record(kind[1])
        return f"__cedar::{name}" if self.dice.chance(0.1) else name


class SchemaJSON:
    """Writes a schema in Cedar's JSON format."""

    def __init__(self, world, dice):
        self.world = world
        self.dice = dice

    def text(self):
        return compact(self.value())

    def value(self):
        world, dice = self.world, self.dice
        out = {}
        for namespace in world.namespaces:
            self.namespace = namespace
            self.commons = {}
            types = {}
            for kind in world.type_list:
                if kind.namespace == namespace:
                    types[kind.path.rpartition("::")[2]] = self.entity(kind)
            actions = {action.id: self.action(action) for action in world.actions if action.namespace == namespace}
            out[namespace] = {"entityTypes": types, "actions": actions}
            if self.commons or dice.chance(0.1):
                out[namespace]["commonTypes"] = self.commons
        return out

    def reference(self, path):
        namespace, _, name = path.rpartition("::")
        return name if namespace == self.namespace and namespace and self.dice.chance(0.5) else path

    def entity(self, kind):
        if kind.ids:
            return {"enum": list(kind.ids)}
        out = {}
        if kind.parents or self.dice.chance(0.3):
            out["memberOfTypes"] = [self.reference(path) for path in kind.parents]
        if kind.fields or self.dice.chance(0.3):
            out["shape"] = self.record(kind.fields)
        if kind.tags is not None:
            out["tags"] = self.type(kind.tags)
        if self.dice.chance(0.03):
            out["annotations"] = {"doc": "x"}
        return out

    def action(self, action):
        dice = self.dice
        out = {}
        if action.parents or dice.chance(0.1):
            out["memberOf"] = [
                {"id": name} if kind == action.type and dice.chance(0.6) else {"type": kind, "id": name}
                for kind, name in action.parents
            ]
        if action.principals:
            out["appliesTo"] = {
                "principalTypes": [self.reference(path) for path in action.principals],
                "resourceTypes": [self.reference(path) for path in action.resources],
            }
            if action.context[1] or dice.chance(0.3):
                out["appliesTo"]["context"] = self.record(action.context[1])
        return out

    def record(self, fields):
        attributes = {}
        for name, kind, required in fields:
            attribute = dict(self.type(kind))
            if not required or self.dice.chance(0.1):
                attribute["required"] = required
            attributes[name] = attribute
        out = {"type": "Record", "attributes": attributes}
        if self.dice.chance(0.05):
            out["additionalAttributes"] = False
        return out

    def type(self, kind):
        if self.dice.chance(0.08):
            name = f"C{len(self.commons)}"
            self.commons[name] = None
            self.commons[name] = self.plain(kind)
            return {"type": name} if self.dice.chance(0.7) else {"type": "EntityOrCommon", "name": name}
        return self.plain(kind)

    def plain(self, kind):
        dice = self.dice
        name = kind[0]
        if name == "Entity":
            path = self.reference(kind[1])
            return {"type": "Entity" if dice.chance(0.7) else "EntityOrCommon", "name": path}
        if name == "Set":
            return {"type": "Set", "element": self.type(kind[1])}
        if name == "Record":
            return self.record(kind[1])
        if name in ("Bool", "Long", "String"):
            if name == "Bool":
                name = "Boolean" if dice.chance(0.8) else "Bool"
                if name == "Bool":
                    return {"type": "EntityOrCommon", "name": "Bool"}
            return {"type": name} if dice.chance(0.9) else {"type": "EntityOrCommon", "name": f"__cedar::{kind[0]}"}
        return {"type": "Extension", "name": name}
