/// Why a log, or a part of one, was not accepted, or could not be written.
///
/// The description is one line of plain printable characters, whatever stood in the file.
public enum LogFault: Error, Equatable, CustomStringConvertible {
    /// This entry's bytes are not the ones the signed head commits to; everything else is.
    case entryChanged(UInt64)
    /// The first value is the place of an entry that the signed head commits to at the second.
    case entryMoved(UInt64, committedAt: UInt64)
    /// The entries from this one on, which the signed head commits to, are not there.
    case entryMissing(UInt64)
    /// This tile differs from the entries below it, or an immutable file differs from what was exported before.
    case tileChanged(path: String)
    /// The entries do not lead to the signed root, and neither do the tiles, so the place cannot be named.
    case rootDiffers
    /// The log holds fewer entries than a head someone already has.
    case rolledBack(held: UInt64, found: UInt64)
    /// The log and the earlier head disagree about the first so many entries: two histories were signed.
    case forked(size: UInt64)
    /// The head is that of another log.
    case wrongOrigin(expected: String, found: String)
    /// There is a signature in this key's name, and it is not one.
    case badSignature(key: String)
    /// There is no signature in this key's name.
    case notSigned(by: String)
    /// Something is not in its format.
    case malformed(String)
    /// A file that must be there is not.
    case missing(String)
    /// The disk refused: the path and the reason.
    case disk(String)
    /// Another export into the same directory is under way.
    case busy
    /// The earlier checkpoint that was handed in is itself at fault.
    indirect case earlier(LogFault)

    /// What a person must know, in one line.
    public var description: String {
        switch self {
        case .entryChanged(let index): "entry \(index) is not the one the signed checkpoint commits to"
        case .entryMoved(let found, let place): "entry \(found) is the one that was logged as entry \(place)"
        case .entryMissing(let index): "entry \(index) is missing, though the signed checkpoint commits to it"
        case .tileChanged(let path): "`\(path.printable)` does not agree with the entries"
        case .rootDiffers: "neither the entries nor the tiles lead to the signed root"
        case .rolledBack(let held, let found):
            "rolled back: the checkpoint you hold covers \(held) entries, this log only \(found)"
        case .forked(let size): "forked: the first \(size) entries are not those of the checkpoint you hold"
        case .wrongOrigin(let expected, let found):
            "the checkpoint is that of log `\(found.printable)`, not of `\(expected.printable)`"
        case .badSignature(let key): "the checkpoint's signature by `\(key.printable)` does not verify"
        case .notSigned(let key): "the checkpoint is not signed by `\(key.printable)`"
        case .malformed(let what): what.printable
        case .missing(let path): "`\(path.printable)` is missing"
        case .disk(let reason): reason.printable
        case .busy: "another export into this directory is under way"
        case .earlier(let fault): "the earlier checkpoint: \(fault.description)"
        }
    }
}

extension String {
    /// The text with everything a terminal might act upon replaced.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map(\.orReplacement)))
    }
}

extension Unicode.Scalar {
    fileprivate var orReplacement: Unicode.Scalar {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: "\u{FFFD}"
        default: self
        }
    }
}
