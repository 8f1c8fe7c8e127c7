import Cedar

/// One policy changed on purpose, to see whether a table notices.
struct PolicyMutation: CustomStringConvertible {
    let policy: Policy
    /// What was done to it, for the report.
    let change: String
    /// The policy's new text, empty when it is deleted.
    let text: String
    /// The acts that the policy's head names, nil where it speaks of all: no change to the rest of it matters elsewhere.
    private let acts: Set<String>?

    private init(policy: Policy, change: String, text: String) {
        self.policy = policy
        self.change = change
        self.text = text
        let names = policy.sourceText.split(separator: "Action::\"").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
        acts = names.isEmpty ? nil : Set(names)
    }

    /// False for an act that no change to the policy can matter to.
    func mayDecide(_ action: EntityUID) -> Bool { acts?.contains(action.id) ?? true }

    var description: String { "\(policy.id) \(change)" }

    static func deletion(_ policy: Policy) -> PolicyMutation {
        PolicyMutation(policy: policy, change: "deleted", text: "")
    }

    static func turningRound(_ policy: Policy) -> PolicyMutation {
        let other: Policy.Effect = policy.effect == .permit ? .forbid : .permit
        let text = policy.sourceText
        guard let range = text.firstRange(of: "\n\(policy.effect.rawValue) (") else { preconditionFailure(text) }
        return PolicyMutation(
            policy: policy, change: "made a \(other.rawValue)",
            text: text.replacingCharacters(in: range, with: "\n\(other.rawValue) ("))
    }

    /// The policy without each of its conditions' outermost terms in turn.
    static func droppedTerms(_ policy: Policy) -> [PolicyMutation] {
        let text = policy.sourceText
        guard
            let start = text.firstRange(of: "when {") ?? text.firstRange(of: "unless {"),
            let end = text.lastIndex(of: "}")
        else { return [] }
        let (terms, joint) = outermostTerms(text[start.upperBound..<end])
        return terms.indices.map { place in
            let rest = terms.indices.filter { $0 != place }.map { terms[$0] }
            let neutral = joint == "||" ? "false" : "true"
            let body = rest.isEmpty ? neutral : rest.joined(separator: joint)
            return PolicyMutation(
                policy: policy, change: "without \(words(terms[place]))",
                text: text[..<start.upperBound] + " " + body + " " + text[end...])
        }
    }

    /// The terms that stand side by side outside all brackets and texts, and what joins them.
    private static func outermostTerms(_ body: Substring) -> (terms: [Substring], joint: String) {
        let joint = split(body, at: "||").count > 1 ? "||" : "&&"
        return (split(body, at: joint), joint)
    }

    private static func split(_ body: Substring, at joint: String) -> [Substring] {
        var terms: [Substring] = []
        var depth = 0
        var isInText = false
        var start = body.startIndex
        for place in body.indices {
            switch body[place] {
            case "\"": isInText.toggle()
            case "(", "[", "{": if !isInText { depth += 1 }
            case ")", "]", "}": if !isInText { depth -= 1 }
            default:
                guard !isInText, depth == 0, place >= start, body[place...].hasPrefix(joint) else { continue }
                terms.append(body[start..<place])
                start = body.index(place, offsetBy: joint.count)
            }
        }
        return terms + [body[start...]]
    }

    private static func words(_ term: Substring) -> String {
        "`" + term.split(whereSeparator: \.isWhitespace).joined(separator: " ") + "`"
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
