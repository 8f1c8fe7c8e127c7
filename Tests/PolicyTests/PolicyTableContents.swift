import Cedar
import Foundation

/// One row of a table: a request with the decision it must get, and by which policies.
typealias TableCase = PolicyTable.Case

extension PolicyTable {
    /// The rows of all tables, read once.
    static func everyCase() throws -> [TableCase] { try read.get() }

    private static let read = Result { try names.flatMap { try cases(of: $0) } }

    static func schema() throws -> Schema {
        try Schema(
            parsing: String(contentsOf: folder.appending(path: "strongroom.cedarschema"), encoding: .utf8))
    }
}
