public import Foundation

/// What of a child's rows the care record may hold.
public struct CareSide: Hashable, Sendable, Codable {
    /// The child's identifier in the return.
    public let identifier: String
    /// The rows, with sealed fields blank.
    public let rows: [Row]

    /// One row of the care side.
    public struct Row: Hashable, Sendable, Codable {
        /// The row, with sealed fields blank.
        public let row: ReturnRow
        /// Columns whose value, or want of one, lies on the sealed side.
        public let sealedColumns: [ReturnColumn]
    }

    /// The form in which the vault seals it: JSON with sorted keys, the same bytes for the same side.
    public func encoded() throws(ReturnFault) -> Data { try KeptForm.encode(self, as: .careSide) }

    /// Reads the sealed form.
    public init(encoded: Data) throws(ReturnFault) { self = try KeptForm.decode(encoded, as: .careSide) }

    init(identifier: String, rows: [Row]) {
        self.identifier = identifier
        self.rows = rows
    }
}
