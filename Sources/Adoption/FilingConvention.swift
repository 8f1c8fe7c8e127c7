/// Says where each kind of document belongs, and refuses to file one elsewhere with the right record named.
///
/// Councils differ, so the rows are data of the policy profile; ``standard`` is what ships. The file's format is in the
/// page <doc:filing-convention>.
public struct FilingConvention: Hashable, Sendable {
    /// The rows, in the order of the file.
    public let rows: [FilingRow]
    private let byKind: [DocumentKind: FilingRow]

    /// Takes a convention that is sound.
    ///
    /// - Throws: ``ConventionFault``, naming the kind, for a row that contradicts itself or another, and for a
    ///   convention that would let what joins the identities onto the care record.
    public init(rows: [FilingRow]) throws(ConventionFault) {
        var byKind: [DocumentKind: FilingRow] = [:]
        for row in rows {
            try Self.check(row)
            guard byKind.updateValue(row, forKey: row.kind) == nil else { throw .repeated(row.kind) }
        }
        for row in rows {
            if let other = row.orInstead, byKind[other]?.adoption?.takesDocument != true { throw .unknownKind(other) }
        }
        guard byKind[.newIdentity]?.care == .never else { throw .identitiesJoined }
        self.rows = rows
        self.byKind = byKind
    }

    /// The row of a kind; nil for a kind the convention does not know.
    public func row(for kind: DocumentKind) -> FilingRow? { byKind[kind] }

    /// Where a kind stands, and in what manner; empty for a kind the convention does not know.
    public func places(for kind: DocumentKind) -> [FilingPlace: FilingManner] {
        guard let row = byKind[kind] else { return [:] }
        let pairs = FilingPlace.allCases.compactMap { place in row[place].map { (place, $0) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Judges a document brought to a record: nil when it may be filed there, else the refusal with the right record.
    public func judge(_ kind: DocumentKind, on record: RecordKind) -> Refusal? {
        guard let row = byKind[kind], let home = row.home else { return Refusal(.unknownDocumentKind) }
        guard let place = FilingPlace(record) else { return Refusal(.notForThisRecord) }
        switch row[place] {
        case .never where place == .care: return Refusal(.neverOnCareRecord)
        case let manner? where manner.takesDocument: return nil
        default: return Refusal(.wrongRecord(home))
        }
    }

    /// The kinds that never stand on a care record; when a reversed plan is migrated they become restricted entries.
    public var neverOnCareRecord: Set<DocumentKind> { Set(rows.filter { $0.care == .never }.map(\.kind)) }

    /// The rows whose documents the file audit looks for on the adoption record, each with its reason (R14).
    public var expectedAtClosing: [FilingRow] { rows.filter { $0.expectedAtClosing != nil } }

    private static func check(_ row: FilingRow) throws(ConventionFault) {
        guard row.kind.isKebab else { throw .badIdentifier(row.kind) }
        guard !row.title.isEmpty else { throw .withoutTitle(row.kind) }
        guard row.home != nil else { throw .nowhere(row.kind) }
        let others = FilingPlace.allCases.filter { row[$0] != .only && row[$0]?.takesDocument == true }
        guard others.isEmpty || !FilingPlace.allCases.contains(where: { row[$0] == .only }) else {
            throw .onlyAndElsewhere(row.kind)
        }
        if row.expectedAtClosing != nil, row.adoption?.takesDocument != true { throw .expectedElsewhere(row.kind) }
        if row.orInstead != nil, row.expectedAtClosing == nil { throw .insteadOfNothing(row.kind) }
    }
}

extension FilingConvention: Codable {
    private enum CodingKeys: String, CodingKey { case rows }

    /// Decodes and judges a convention.
    ///
    /// - Throws: a decoding error for a file of another shape, ``ConventionFault`` for one that is unsound.
    public init(from decoder: any Decoder) throws {
        try self.init(rows: decoder.container(keyedBy: CodingKeys.self).decode([FilingRow].self, forKey: .rows))
    }

    /// Encodes the rows.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rows, forKey: .rows)
    }
}

/// Says why a filing convention is not sound.
public enum ConventionFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The identifier is not lower-case words joined by hyphens.
    case badIdentifier(DocumentKind)
    /// The kind has no title.
    case withoutTitle(DocumentKind)
    /// The kind stands twice.
    case repeated(DocumentKind)
    /// The kind may be filed on no record.
    case nowhere(DocumentKind)
    /// The kind stands only on one record, and on another too.
    case onlyAndElsewhere(DocumentKind)
    /// The kind is expected at closing but is not filed on the adoption record.
    case expectedElsewhere(DocumentKind)
    /// The kind has another that will do instead, but is not expected at closing.
    case insteadOfNothing(DocumentKind)
    /// The kind that will do instead is not filed on the adoption record.
    case unknownKind(DocumentKind)
    /// What joins the identities is not kept off the care record.
    case identitiesJoined

    /// The fault in words.
    public var description: String {
        switch self {
        case .badIdentifier(let kind): "filing convention: `\(kind)` is not lower-case words joined by hyphens"
        case .withoutTitle(let kind): "filing convention: `\(kind)` has no title"
        case .repeated(let kind): "filing convention: `\(kind)` stands twice"
        case .nowhere(let kind): "filing convention: `\(kind)` may be filed on no record"
        case .onlyAndElsewhere(let kind): "filing convention: `\(kind)` stands only on one record, and on another too"
        case .expectedElsewhere(let kind):
            "filing convention: `\(kind)` is expected at closing but not filed on the adoption record"
        case .insteadOfNothing(let kind): "filing convention: `\(kind)` has a substitute but is not expected at closing"
        case .unknownKind(let kind): "filing convention: the substitute `\(kind)` is not filed on the adoption record"
        case .identitiesJoined: "filing convention: `new-identity` must be marked `never` on the care record"
        }
    }
}
