/// Why a note or a key was not accepted.
public enum NoteFault: Error, Equatable, CustomStringConvertible {
    /// The text is no signed note, for this reason.
    case malformedNote(String)
    /// The text is no key, for this reason.
    case malformedKey(String)
    /// There is a signature in this key's name, and it is not one.
    case badSignature(key: String)
    /// There is no signature in this key's name.
    case notSigned(by: String)

    /// What a person must know, in one line.
    public var description: String {
        switch self {
        case .malformedNote(let reason): "not a signed note: \(reason.printable)"
        case .malformedKey(let reason): "not a verifier key: \(reason.printable)"
        case .badSignature(let key): "the signature by `\(key.printable)` does not verify"
        case .notSigned(let key): "there is no signature by `\(key.printable)`"
        }
    }
}
