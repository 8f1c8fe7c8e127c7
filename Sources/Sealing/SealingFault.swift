/// Why something could not be opened, checked or read. Names no key, no person and no content.
public enum SealingFault: Error, Hashable, Sendable {
    /// Sealed to another key, or for another purpose (label), or its first part is damaged: the three look alike.
    case notForThisKey
    /// Changed, cut short, extended, reordered, or standing where it was not put (another owner or context).
    case damaged
    /// The passphrase does not open the identity file.
    case wrongPassphrase
    /// Made by a suite this program does not know.
    case unknownSuite
    /// Not of the format at all; the words say in what respect.
    case malformed(String)
    /// An identity file that demands more or less passphrase work than is allowed; it was not run.
    case workFactorRefused(log2N: Int)
    /// Fewer different shares than the set needs.
    case tooFewShares(needed: Int, have: Int)
    /// A line of a share's page is missing or mistyped.
    case shareDamaged(line: Int)
    /// Shares of two sets were put together.
    case sharesOfDifferentSets
    /// The signature is not by these keys over these bytes, or is weaker than asked for.
    case badSignature
    /// The first statement of a chain is not the one whose fingerprint is pinned.
    case wrongRoot
    /// A statement does not follow the one before it. Counted from 0.
    case chainBroken(index: Int)
    /// A statement is signed by someone whose keys are not known. Counted from 0.
    case unknownSigner(index: Int)
}

extension SealingFault: CustomStringConvertible {
    /// The fault in words: lower-case, no full stop.
    public var description: String {
        switch self {
        case .notForThisKey: "not sealed to this key, or not for this purpose"
        case .damaged: "damaged, or not where it was put"
        case .wrongPassphrase: "the passphrase does not open this identity file"
        case .unknownSuite: "made by a suite this program does not know"
        case .malformed(let how): "malformed: \(how)"
        case .workFactorRefused(let log2N):
            "the passphrase work factor 2^\(log2N) is outside 2^\(WorkFactor.leastLog2N) to 2^\(WorkFactor.mostLog2N)"
        case .tooFewShares(let needed, let have): "\(needed) recovery shares are needed, \(have) given"
        case .shareDamaged(let line): "line \(line) of the recovery share is missing or mistyped"
        case .sharesOfDifferentSets: "the recovery shares belong to different sets"
        case .badSignature: "the signature does not verify"
        case .wrongRoot: "the chain of statements does not begin with the pinned root"
        case .chainBroken(let index): "statement \(index) does not follow the one before it"
        case .unknownSigner(let index): "statement \(index) is signed by an unknown key"
        }
    }
}
