/// Writes random policy texts: everything the grammar knows, in all the ways it may be written.
struct PolicyWriter {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Several policies and templates.
    mutating func policies() -> String {
        (0...Int(next() % 3)).map { _ in policy() }.joined(separator: pick(["", " ", "\n// and\n"]))
    }

    /// One policy or template.
    mutating func policy() -> String {
        var text = ""
        for key in ["id", "reason", "in", "_x9"] where oneIn(4) {
            text += "@\(key)\(blank())\(oneIn(3) ? "" : "(\(quoted()))")\n"
        }
        text += pick(["permit", "forbid"]) + blank() + "("
        text += "principal\(entityConstraint(slot: "?principal")),\(blank())"
        text += "action\(actionConstraint()),\(blank())"
        text += "resource\(entityConstraint(slot: "?resource"))\(oneIn(4) ? "," : ""))"
        while oneIn(2) { text += pick([" when", "\nunless"]) + "\(blank()){\(blank())\(expression(5))\(blank())}" }
        return text + ";"
    }

    private mutating func entityConstraint(slot: String) -> String {
        let inner = oneIn(3) ? slot : entity()
        let reference = oneIn(5) ? "(\(inner))" : inner
        return pick(["", "", " == \(reference)", " in \(reference)", " is \(type())", " is \(type()) in \(reference)"])
    }

    private mutating func actionConstraint() -> String {
        func action(_ id: String) -> String { "Office::Action::\(id)" }
        let (first, second) = (action(quoted()), action(quoted()))
        return pick(["", " == \(first)", " in \(first)", " in []", " in [\(first)]", " in [\(first),\(second),]"])
    }

    /// An expression, as it may stand alone.
    private mutating func expression(_ depth: Int) -> String {
        guard depth > 0, oneIn(6) else { return disjunction(depth) }
        return "if \(expression(depth - 1)) then \(expression(depth - 1)) else \(expression(depth - 1))"
    }

    private mutating func disjunction(_ depth: Int) -> String {
        depth > 0 && oneIn(4) ? chain(" || ") { $0.conjunction(depth - 1) } : conjunction(depth)
    }

    private mutating func conjunction(_ depth: Int) -> String {
        depth > 0 && oneIn(4) ? chain("&&") { $0.relation(depth - 1) } : relation(depth)
    }

    private mutating func relation(_ depth: Int) -> String {
        let left = sum(depth)
        guard depth > 0, oneIn(2) else { return left }
        switch next() % 6 {
        case 0, 1: return left + pick([" == ", "!=", "<", "<=", " > ", ">=", " in "]) + sum(depth - 1)
        case 2: return left + " has " + pick([name(), quoted(), "a.b.c", "\(name()).\(name())"])
        case 3: return left + " like " + pattern()
        case 4: return left + " is " + type()
        default: return left + " is " + type() + " in " + sum(depth - 1)
        }
    }

    private mutating func sum(_ depth: Int) -> String {
        depth > 0 && oneIn(5) ? chain(oneIn(2) ? " + " : " - ") { $0.product(depth - 1) } : product(depth)
    }

    private mutating func product(_ depth: Int) -> String {
        depth > 0 && oneIn(6) ? chain(" * ") { $0.unary(depth - 1) } : unary(depth)
    }

    private mutating func unary(_ depth: Int) -> String {
        let signs = oneIn(3) ? String(repeating: pick(["!", "-"]), count: Int(1 + next() % 4)) : ""
        return signs + member(depth)
    }

    private mutating func member(_ depth: Int) -> String {
        var text = primary(depth)
        while depth > 0, oneIn(3) {
            switch next() % 5 {
            case 0, 1: text += blank() + ".\(name())"
            case 2: text += "[\(quoted())]"
            case 3:
                let function = pick(["contains", "containsAll", "containsAny", "getTag", "hasTag"])
                text += ".\(function)(\(expression(depth - 1)))"
            default:
                let function = pick(["isIpv4", "isInRange", "lessThan", "toDate", "offset"])
                text += ".\(function)(\(list(depth - 1)))"
            }
        }
        return text
    }

    private mutating func primary(_ depth: Int) -> String {
        switch next() % (depth > 0 ? 12 : 7) {
        case 0: pick(["true", "false"])
        case 1: pick(["0", "1", "7", "007", "9223372036854775807"])
        case 2: quoted()
        case 3: entity()
        case 4: "(-9223372036854775808)"
        case 5, 6: pick(["principal", "action", "resource", "context"])
        case 7, 8: "(\(blank())\(expression(depth - 1)))"
        case 9: "[\(list(depth - 1))]"
        case 10: "{\(fields(depth - 1))}"
        default: pick(["ip", "decimal", "datetime", "duration"]) + "(\(list(depth - 1)))"
        }
    }

    private mutating func list(_ depth: Int) -> String {
        (0..<Int(next() % 3)).map { _ in expression(depth) + "," }.joined()
    }

    private mutating func fields(_ depth: Int) -> String {
        let names = ["b", "a", "\"if\"", "\"x y\"", "principal", "\"\\u{e9}\""].filter { _ in oneIn(3) }
        return names.map { "\($0): \(expression(depth))" }.joined(separator: ",")
    }

    private mutating func chain(_ link: String, _ term: (inout PolicyWriter) -> String) -> String {
        (0..<Int(2 + next() % 3)).map { _ in term(&self) }.joined(separator: link)
    }

    private mutating func type() -> String { pick(["Staff", "Office::Staff", "A :: B::_c", "permit"]) }

    private mutating func entity() -> String { "\(type())::\(quoted())" }

    private mutating func name() -> String { pick(["a", "b", "principal", "when", "_", "isEmpty", "x9"]) }

    private static let pieces = [
        "a", "b c", "\\n", "\\r", "\\t", "\\0", "\\\\", "\\'", "\\\"", "'", "\\x7f", "\\u{1F600}", "\\u{4_1}", "é",
        "e\u{301}", "\u{301}", "\u{200b}", "\n", "\\u{a0}", "//", "*", "\\u{2a}", "\u{1F1E9}", "\\u{10ffff}",
    ]

    private mutating func quoted() -> String {
        "\"" + (0..<Int(next() % 4)).map { _ in pick(Self.pieces) }.joined() + "\""
    }

    private mutating func pattern() -> String {
        "\"" + (0..<Int(next() % 5)).map { _ in pick(Self.pieces + ["*", "\\*", "**"]) }.joined() + "\""
    }

    private mutating func blank() -> String { pick(["", "", "", " ", "\n", "// ;\n", "\u{a0}"]) }

    private mutating func pick(_ choices: [String]) -> String { choices[Int(next() % UInt64(choices.count))] }

    private mutating func oneIn(_ count: UInt64) -> Bool { next() % count == 0 }

    /// SplitMix64: the same numbers on every machine.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) >> 8
    }
}
