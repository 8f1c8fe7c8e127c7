/// Names one of the three records a document may be filed on.
///
/// The raw value stands in the convention's file: it never changes.
public enum FilingPlace: String, Codable, Sendable, CaseIterable {
    /// The child's adoption record.
    case adoption
    /// The child's care record.
    case care
    /// The prospective adopters' own record.
    case adopter

    /// The place a record of this kind is; nil for a return's annex, which takes no documents.
    public init?(_ kind: RecordKind) {
        switch kind {
        case .adoption: self = .adoption
        case .care: self = .care
        case .returned: return nil
        }
    }

    /// The record in words.
    public var words: String { "\(rawValue) record" }
}

/// Says in what manner a kind of document stands on a record.
///
/// The raw value stands in the convention's file: it never changes.
public enum FilingManner: String, Codable, Sendable, CaseIterable {
    /// It belongs there.
    case original
    /// It belongs there and nowhere else.
    case only
    /// A sealed copy of its own stands there.
    case copy
    /// A copy goes there when the adoption record is opened.
    case copyAtOpening = "copy-at-opening"
    /// What it was drawn from stays there.
    case source
    /// Not the document, but a date and that detail is held on the secure record (R12).
    case signpost
    /// It must not stand there in any form.
    case never

    /// Whether a document may be filed in this manner.
    public var takesDocument: Bool { self != .signpost && self != .never }
}

/// Holds one line of the filing convention: a kind of document and where it stands.
public struct FilingRow: Hashable, Codable, Sendable {
    /// The kind.
    public let kind: DocumentKind
    /// The kind in words, for a person choosing.
    public let title: String
    /// The manner on the child's adoption record; nil where it is not filed there.
    public let adoption: FilingManner?
    /// The manner on the care record; nil where it is not filed there.
    public let care: FilingManner?
    /// The manner on the adopter record; nil where it is not filed there.
    public let adopter: FilingManner?
    /// Why the file audit looks for it on the adoption record before closing; nil where it does not (R14).
    public let expectedAtClosing: String?
    /// A kind that will do instead, when the audit looks for this one.
    public let orInstead: DocumentKind?

    /// Makes a row; ``FilingConvention/init(rows:)`` judges whether it is sound.
    public init(
        kind: DocumentKind, title: String, adoption: FilingManner? = nil, care: FilingManner? = nil,
        adopter: FilingManner? = nil, expectedAtClosing: String? = nil, orInstead: DocumentKind? = nil
    ) {
        self.kind = kind
        self.title = title
        self.adoption = adoption
        self.care = care
        self.adopter = adopter
        self.expectedAtClosing = expectedAtClosing
        self.orInstead = orInstead
    }

    /// The manner on one of the records.
    public subscript(place: FilingPlace) -> FilingManner? {
        switch place {
        case .adoption: adoption
        case .care: care
        case .adopter: adopter
        }
    }

    /// The record to name when the document is brought to a wrong one: where it belongs, else where a copy stands.
    var home: FilingPlace? {
        FilingPlace.allCases.first { self[$0] == .only || self[$0] == .original }
            ?? FilingPlace.allCases.first { self[$0]?.takesDocument == true }
    }

    enum CodingKeys: String, CodingKey {
        case kind, title, adoption, care, adopter
        case expectedAtClosing = "expected-at-closing"
        case orInstead = "or-instead"
    }
}
