extension JSONValue {
    /// The value as JSON, in one way for one value: no blanks, keys in the order of their bytes.
    ///
    /// A text has no escapes but `\"`, `\\`, `\b \f \n \r \t`, and `\u00…` for the other control characters.
    public var text: String {
        var text = ""
        // A stack of what is still to be written, since a value made by a program may nest deeper than calls can.
        var rest: [Piece] = [.value(self)]
        while let piece = rest.popLast() {
            switch piece {
            case .mark(let mark): text += mark
            case .key(let key): text += JSONValue.quote(key) + ":"
            case .value(.null): text += "null"
            case .value(.bool(let bool)): text += bool ? "true" : "false"
            case .value(.integer(let number)): text += String(number)
            case .value(.string(let string)): text += JSONValue.quote(string)
            case .value(.array(let members)):
                rest.append(.mark("]"))
                for (index, member) in members.enumerated().reversed() {
                    rest.append(.value(member))
                    if index > 0 { rest.append(.mark(",")) }
                }
                rest.append(.mark("["))
            case .value(.object(let members)):
                rest.append(.mark("}"))
                for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated().reversed() {
                    rest += [.value(member.value), .key(member.key)]
                    if index > 0 { rest.append(.mark(",")) }
                }
                rest.append(.mark("{"))
            }
        }
        return text
    }

    private enum Piece {
        case value(JSONValue)
        case key(CedarString)
        case mark(String)
    }

    private static func quote(_ string: CedarString) -> String {
        var quoted = "\""
        for scalar in string.text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{8}": quoted += "\\b"
            case "\u{c}": quoted += "\\f"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
