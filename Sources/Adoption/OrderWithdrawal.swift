public import WorkingDays

/// Takes back an order that was recorded in error: one person asks, another confirms.
///
/// A record that awaits closure is withdrawn from everybody's lists and can close for ever, so no single person undoes it,
/// and none closes around one who asks.
public struct OrderWithdrawal: Hashable, Codable, Sendable {
    /// The person who asked, as the vault names staff.
    public let askedBy: String
    /// The day they asked.
    public let askedOn: Day
    /// Why.
    public let reason: String

    /// Asks for a withdrawal.
    ///
    /// - Throws: a ``Refusal``: no reason is given.
    public init(askedBy: String, askedOn: Day, reason: String) throws(Refusal) {
        guard !reason.trimmedOfSpace.isEmpty else { throw Refusal(.reasonMissing) }
        self.askedBy = askedBy
        self.askedOn = askedOn
        self.reason = reason
    }

    /// Judges a confirmation: nil when that person may confirm.
    ///
    /// - Parameter asked: the withdrawal that was asked for; nil when none was.
    public static func judgeConfirmation(of asked: OrderWithdrawal?, by person: String) -> Refusal? {
        guard let asked else { return Refusal(.withdrawalNotAsked) }
        return asked.askedBy == person ? Refusal(.samePerson) : nil
    }
}
