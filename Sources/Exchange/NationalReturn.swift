/// A national return as it was read: nothing trimmed, repaired, merged or dropped.
public struct NationalReturn: Sendable {
    /// The children, in the order of Header; after them those who stand in another table only, in the order met.
    public let children: [ReturnChild]
    /// What is needed to write the files back: names, headings, line ends. It holds no value of any row.
    public let frame: ReturnFrame
    /// Which of the two code sets `SEX` uses.
    public let sexCodes: SexCodes
    /// CSV files of the folder that were set aside because another was chosen for their table.
    public let setAside: [String]
    /// Files of the folder that are no CSV files and were not read.
    public let ignored: [String]

    /// The code set of `SEX`: numbers until the return of 2023/24, letters from 2024/25.
    public enum SexCodes: String, Codable, Sendable {
        case numbers, letters, mixed, none
    }

    /// How many rows a table has.
    public func rowCount(of table: ReturnTable) -> Int {
        frame.tables.first { $0.table == table }?.rowCount ?? 0
    }

    /// How many children stand in Header: as many care records as the return gives.
    public var headedChildCount: Int { children.count(where: \.isInHeader) }
}

extension NationalReturn.SexCodes {
    init(of rows: some Sequence<ReturnRow>) {
        let codes = Set(rows.map { $0.code(.sex) })
        switch (codes.isDisjoint(with: CodeSet.sexNumbers), codes.isDisjoint(with: CodeSet.sexLetters)) {
        case (true, true): self = .none
        case (false, true): self = .numbers
        case (true, false): self = .letters
        case (false, false): self = .mixed
        }
    }
}
