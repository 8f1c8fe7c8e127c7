import Cedar
import Foundation

/// One row of a table: a request with the decision it must get, and by which policies.
typealias TableCase = DecisionTable.Case

extension PolicyTable {
    /// The rows of all tables, read once.
    static func everyCase() throws -> [TableCase] { try read.get() }

    private static let read = Result { try names.flatMap { try table($0).cases } }

    static func schema() throws -> Schema {
        try Schema(
            parsing: String(contentsOf: folder.appending(path: "strongroom.cedarschema"), encoding: .utf8))
    }
}
