/// Why a policy could not be evaluated.
///
/// It names types and the words of the policy, never a value: nothing of a request or an entity leaks through it.
public enum EvaluationFault: Error, Hashable, Sendable {
    /// A value had another type than the operation takes.
    case type(expected: String, found: String)
    /// A record or entity has no such attribute.
    case missingAttribute(String)
    /// An entity has no such tag.
    case missingTag
    /// An attribute or tag was asked of an entity that is not there.
    case missingEntity(type: String)
    /// A result does not fit 64 bits.
    case overflow
    /// A function got too few or too many arguments.
    case argumentCount(function: String, expected: Int, found: Int)
    /// The text given to a constructor of an extension value is not of its form.
    case notReadable(function: String)
}

extension EvaluationFault: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .type(let expected, let found): "expected \(expected), found \(found)"
        case .missingAttribute(let name): "there is no attribute `\(name)`"
        case .missingTag: "there is no such tag"
        case .missingEntity(let type): "there is no such entity of type `\(type)`"
        case .overflow: "the number does not fit 64 bits"
        case .argumentCount(let function, let expected, let found):
            "`\(function)` takes \(expected) values, not \(found)"
        case .notReadable(let function): "`\(function)` cannot read this text"
        }
    }
}
