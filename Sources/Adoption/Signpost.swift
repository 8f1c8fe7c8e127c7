public import WorkingDays

/// Stands on the care record for what is held on the adoption record: a date, and that detail is held there (R12).
///
/// Never the PIN, never a word of what it stands for: there is nothing to give it but the day.
public struct Signpost: Hashable, Sendable, CustomStringConvertible {
    /// The day of the note or visit it stands for.
    public let day: Day

    /// Makes the signpost for a note or visit of that day.
    public init(on day: Day) { self.day = day }

    /// The text that goes on the care record.
    public var text: String { "\(day): detail is held on the secure record" }

    /// The text that goes on the care record.
    public var description: String { text }
}
