/// Passes a key worker's or manager's records to another person in one act.
public enum Handover {
    /// Judges a handover: nil when it may happen.
    ///
    /// - Parameters:
    ///   - from: the person who gives up the records, as the vault names staff; they may have left already.
    ///   - to: the person who takes them.
    ///   - recipientIsActive: whether that person can act.
    public static func judge(from: String, to: String, recipientIsActive: Bool) -> Refusal? {
        guard recipientIsActive else { return Refusal(.notActive) }
        return from == to ? Refusal(.samePerson) : nil
    }
}
