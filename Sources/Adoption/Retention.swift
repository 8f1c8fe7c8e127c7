public import WorkingDays

/// Says how long a sort of record is kept.
///
/// Data of the policy profile. A term that has run is a question to a person: nothing is deleted by a clock.
public struct RetentionClass: Hashable, Codable, Sendable {
    /// The day a term counts from. The raw value stands in the file: it never changes.
    public enum Basis: String, Codable, Sendable, CaseIterable {
        /// The Adoption Order.
        case order
        /// The child's birth.
        case birth
        /// The record's closing or the end of the plan.
        case closing
    }

    /// The class's name, kebab-case; stored.
    public let name: String
    /// The kind of record.
    public let record: RecordKind
    /// What the term counts from.
    public let from: Basis
    /// How many years; nil where the agency decides case by case.
    public let years: Int?
    /// The law or guidance, and how sure it is.
    public let source: String

    /// Makes a class.
    public init(name: String, record: RecordKind, from: Basis, years: Int?, source: String) {
        self.name = name
        self.record = record
        self.from = from
        self.years = years
        self.source = source
    }

    /// The last day of the term; nil where the agency decides.
    public func end(from day: Day) -> Day? { years.map { day.adding(years: $0) } }
}

/// Holds the retention classes of a profile.
public struct RetentionSchedule: Hashable, Codable, Sendable {
    /// The classes, in the order of the file.
    public let classes: [RetentionClass]

    /// Makes a schedule.
    public init(classes: [RetentionClass]) { self.classes = classes }

    /// The class of a record, by what became of it.
    public func retention(of kind: RecordKind, hasOrder: Bool) -> RetentionClass? {
        let basis: [RetentionClass.Basis] = kind == .care ? [.birth] : (hasOrder ? [.order] : [.closing])
        return classes.first { $0.record == kind && basis.contains($0.from) }
    }

    /// The schedule that ships, class for class `policies/profile/retention.yaml`; a test keeps the two equal.
    public static let standard = RetentionSchedule(classes: [
        RetentionClass(
            name: "adopted", record: .adoption, from: .order, years: 100,
            source: "SI 2005/888; for England read in a secondary source"),
        RetentionClass(
            name: "not-adopted", record: .adoption, from: .closing, years: nil,
            source: "AAR 2005 regulation 40: such period as the agency considers appropriate"),
        RetentionClass(
            name: "care", record: .care, from: .birth, years: 75, source: "75th birthday; believed, not confirmed"),
    ])
}
