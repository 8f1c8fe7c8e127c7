// Who the child is, and whether each row is whole.
extension ChildRules {
    static let identityRules: [@Sendable (JudgedChild) -> [ReturnFinding]] = [
        standsInHeaderOnce, identifier, sameBirthDate, sameSex, repeatedRows, blanks, codes, pupilNumber,
    ]

    private static func standsInHeaderOnce(_ subject: JudgedChild) -> [ReturnFinding] {
        let headers = subject.child.rows(of: .header)
        if headers.isEmpty { return subject.child.rows.prefix(1).map { subject.finding(.notInHeader, at: $0) } }
        return headers.dropFirst().map { subject.finding(.repeatedInHeader, at: $0) }
    }

    /// Ten characters is what the XML form of the return carries; twenty is what the data model allows.
    private static let longestUsualIdentifier = 10

    private static func identifier(_ subject: JudgedChild) -> [ReturnFinding] {
        guard let row = subject.child.rows.first else { return [] }
        let identifier = subject.child.identifier
        return [
            subject.neighbours.hasNearIdentifier(identifier) ? subject.finding(.identifierNearlySame, at: row) : nil,
            identifier.count > longestUsualIdentifier ? subject.finding(.identifierLong, at: row) : nil,
        ].compactMap(\.self)
    }

    private static func sameBirthDate(_ subject: JudgedChild) -> [ReturnFinding] {
        guard let header = subject.child.rows(of: .header).first else { return [] }
        return subject.child.rows
            .filter { $0.table.columns.contains(.dateOfBirth) && $0[.dateOfBirth] != header[.dateOfBirth] }
            .map { subject.finding(.birthDateDiffers, at: $0) }
    }

    private static func sameSex(_ subject: JudgedChild) -> [ReturnFinding] {
        guard let header = subject.child.rows(of: .header).first else { return [] }
        return subject.child.rows(of: .unaccompanied)
            .filter { $0.code(.sex) != header.code(.sex) }
            .map { subject.finding(.sexDiffers, at: $0) }
    }

    private static func repeatedRows(_ subject: JudgedChild) -> [ReturnFinding] {
        var met: Set<[String]> = []
        return subject.child.rows
            .filter { $0.table != .header && !met.insert($0.key).inserted }
            .map { subject.finding(.repeatedRow, at: $0) }
    }

    /// Fields without which a row says nothing that could be placed.
    private static let keyFields: [ReturnTable: [ReturnColumn]] = [
        .header: [.child, .dateOfBirth], .episodes: [.child, .episodeBegan], .reviews: [.child, .review],
        .adopters: [.child], .placedAdoption: [.child, .placementDecided], .previousPermanence: [.child],
        .missing: [.child, .missingBegan], .unaccompanied: [.child], .outcomes: [.child], .careLeavers: [.child],
        .socialWorkers: [.child],
    ]

    private static func blanks(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.child.rows.flatMap { row in
            (keyFields[row.table] ?? []).filter { row[$0].isEmpty }
                .map { subject.finding(.keyFieldBlank, at: row, column: $0) }
        }
    }

    /// The reason why a decision ceased has its own finding, which holds the child.
    private static func codes(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.child.rows.flatMap { row in
            zip(row.table.columns, row.cells).compactMap { column, value in
                guard !value.isEmpty, let codes = CodeSet.of(column), !codes.contains(value.uppercased()) else {
                    return nil
                }
                return subject.finding(.codeNotValid, at: row, column: column)
            }
        }
    }

    private static func pupilNumber(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.child.rows(of: .header).compactMap { row in
            let number = row.code(.uniquePupilNumber)
            if !UniquePupilNumber.isWellFormed(number) { return subject.finding(.pupilNumberMalformed, at: row) }
            if number.hasPrefix("UN") { return nil }
            if subject.neighbours.sharesPupilNumber(number) { return subject.finding(.pupilNumberRepeated, at: row) }
            return UniquePupilNumber.hasItsCheckLetter(number) ? nil : subject.finding(.pupilNumberCheckLetter, at: row)
        }
    }
}

extension ReturnRow {
    /// What names the row among the child's rows of all tables.
    var key: [String] { [table.rawValue] + table.keyColumns.map { self[$0] } }
}
