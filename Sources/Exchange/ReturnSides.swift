/// A child's rows parted in two: what the care record may hold, and what lies behind the seal.
///
/// Sealed are the tables AD1, PlacedAdoption and PrevPerm whole, and of each episode at A3 to A6 the postcode of the
/// placement and the provider's number. A foster carer who adopts lived at that address before: wherever else the
/// child's rows give the same postcode, it is sealed too, with the number beside it. Everything else is on the care
/// side. Joined, the two are the original rows exactly.
public struct ReturnSides: Hashable, Sendable {
    /// What the care record may hold.
    public let care: CareSide
    /// What only the adoption record, or the office, may hold.
    public let sealed: SealedSide

    /// Puts together the two sides of one child, as they were unsealed.
    public init(care: CareSide, sealed: SealedSide) {
        self.care = care
        self.sealed = sealed
    }

    /// Parts a child's rows.
    public init(of child: ReturnChild) {
        let seal = SealedPostcodes(of: child)
        var careRows: [CareSide.Row] = []
        var sealedRows: [ReturnRow] = []
        var values: [SealedSide.Value] = []
        for row in child.rows {
            guard !Self.sealedTables.contains(row.table) else {
                sealedRows.append(row)
                continue
            }
            let columns = seal.columns(of: row)
            values += columns.map { SealedSide.Value(of: row, $0) }
            let blanked = columns.reduce(row) { $0.replacing($1, with: "", quoted: false) }
            careRows.append(CareSide.Row(row: blanked, sealedColumns: columns))
        }
        care = CareSide(identifier: child.identifier, rows: careRows)
        sealed = SealedSide(identifier: child.identifier, rows: sealedRows, values: values)
    }

    /// The child's rows as they were before they were parted.
    ///
    /// - Throws: ``ReturnFault/keptFormMalformed`` where the sides are not of one child or do not fit each other.
    public func joined() throws(ReturnFault) -> ReturnChild {
        guard care.identifier == sealed.identifier else { throw .keptFormMalformed }
        var values = Dictionary(grouping: sealed.values, by: SealedSide.Place.init)
        var rows = sealed.rows
        for kept in care.rows {
            var row = kept.row
            for column in kept.sealedColumns {
                let place = SealedSide.Place(table: row.table, line: row.line, column: column)
                guard let found = values.removeValue(forKey: place), found.count == 1 else { throw .keptFormMalformed }
                row = row.replacing(column, with: found[0].value, quoted: found[0].isQuoted)
            }
            rows.append(row)
        }
        guard values.isEmpty, rows.allSatisfy({ $0[.child] == care.identifier }) else { throw .keptFormMalformed }
        return ReturnChild(identifier: care.identifier, rows: rows)
    }

    /// Tables that lie on the sealed side whole.
    public static let sealedTables: Set<ReturnTable> = [.adopters, .placedAdoption, .previousPermanence]
}

/// The postcodes at which a child was placed for adoption, and where else they stand.
private struct SealedPostcodes {
    private let postcodes: Set<String>

    init(of child: ReturnChild) {
        let placements = child.rows(of: .episodes).filter(\.isAdoptionPlacement)
        postcodes = Set(placements.map { Self.compared($0[.placementPostcode]) }).subtracting([""])
    }

    /// Sealed also where the field is empty, so that the mark does not tell whether there was a value.
    func columns(of row: ReturnRow) -> [ReturnColumn] {
        guard row.table == .episodes else { return [] }
        let isHome = postcodes.contains(Self.compared(row[.homePostcode]))
        let isPlacement = row.isAdoptionPlacement || postcodes.contains(Self.compared(row[.placementPostcode]))
        return (isHome ? [.homePostcode] : []) + (isPlacement ? [.placementPostcode, .ofstedNumber] : [])
    }

    private static func compared(_ postcode: String) -> String {
        postcode.uppercased().filter { !$0.isWhitespace }
    }
}
