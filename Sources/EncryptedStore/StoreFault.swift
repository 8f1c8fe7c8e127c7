/// What can go wrong with a store, named for what a person has to know.
///
/// Two faults are equal if they are of one kind and name the same thing; the prose in ``damaged(_:)``, ``disk(_:)`` and
/// ``statement(_:)`` does not count. No fault carries a stored value.
public enum StoreFault: Error, Sendable {
    /// Another process owns the store, and still did when the wait was over.
    case busy

    /// The file is something else: a store of another key, another program's, or nothing of the kind. Which of these it
    /// is cannot be told.
    case notAStore

    /// The file was a store and cannot be read as one any more.
    case damaged(String)

    /// No room was left. What was being written is undone.
    case diskFull

    /// The disk refused. What was being written is undone.
    case disk(String)

    /// The file was written by a later version of the program, whose number this is.
    case newer(version: Int)

    /// The schema refused: a trigger's own words, a CHECK's name, or the columns concerned as `table.column`.
    case constraint(String)

    /// There is nothing at the path.
    case missing(path: String)

    /// The file or its directory cannot be read and written by this user.
    case permission(path: String)

    /// There is something at the path already, and nothing is ever overwritten.
    case exists(path: String)

    /// The program asked for what the store cannot do: a mistake in the program, not in the store.
    case statement(String)
}

extension StoreFault: Equatable {
    /// Whether the two are of one kind and name the same path, version or constraint.
    public static func == (left: StoreFault, right: StoreFault) -> Bool {
        switch (left, right) {
        case (.busy, .busy), (.notAStore, .notAStore), (.diskFull, .diskFull): true
        case (.damaged, .damaged), (.disk, .disk), (.statement, .statement): true
        case (.newer(let left), .newer(let right)): left == right
        case (.constraint(let left), .constraint(let right)): left == right
        case (.missing(let left), .missing(let right)): left == right
        case (.permission(let left), .permission(let right)): left == right
        case (.exists(let left), .exists(let right)): left == right
        default: false
        }
    }
}

extension StoreFault: CustomStringConvertible {
    /// The fault in words, lower-case and without a full stop.
    public var description: String {
        switch self {
        case .busy: "the store is in use by another process"
        case .notAStore: "the file is not a store that this key opens"
        case .damaged(let how): "the store is damaged: \(how)"
        case .diskFull: "the disk is full"
        case .disk(let how): "the disk refused: \(how)"
        case .newer(let version): "the store was written by a later version of this program (schema \(version))"
        case .constraint(let rule): "the store refused: \(rule)"
        case .missing(let path): "nothing is there: `\(path)`"
        case .permission(let path): "no permission to read and write `\(path)`"
        case .exists(let path): "something is there already: `\(path)`"
        case .statement(let how): "the store was asked wrongly: \(how)"
        }
    }
}
