"""What an expression can speak of in one kind of request, and how tightly the texts of expressions bind."""
from worlds import is_name, quoted

# How tightly a text binds.
IF, OR, AND, RELATION, SUM, PRODUCT, UNARY, MEMBER = range(8)

# What is accessible in a request: paths by type, with the `has` facts each needs.
PATH_LIMIT = 70


class Environment:
    """One kind of request: an action with the types of its principal and resource."""

    def __init__(self, world, action, principal, resource):
        self.world = world
        self.action = action
        self.principal = principal
        self.resource = resource
        self.paths = {}
        self.guards = []
        self.tagged = []
        self.count = 0
        queue = [
            ("principal", ("Entity", principal), ()), ("resource", ("Entity", resource), ()),
            ("context", action.context, ()),
        ]
        for text, kind, needs in queue:
            if self.count >= PATH_LIMIT:
                break
            self.count += 1
            self.paths.setdefault(kind, []).append((text, needs))
            fields = ()
            if kind[0] == "Record":
                fields = kind[1]
            elif kind[0] == "Entity":
                entity = world.types[kind[1]]
                fields = entity.fields
                if entity.tags is not None:
                    self.tagged.append((text, entity.tags, needs))
            if len(queue) < PATH_LIMIT:
                for name, inner, required in fields:
                    path = f"{text}.{name}" if is_name(name) else f"{text}[{quoted(name)}]"
                    fact = f"{text} has {name if is_name(name) else quoted(name)}"
                    wants = needs if required else needs + (fact,)
                    if not required:
                        self.guards.append((fact, path, inner, needs))
                    queue.append((path, inner, wants))
        self.kinds = list(self.paths)


def uid(pair):
    return f"{pair[0]}::{quoted(pair[1])}"
