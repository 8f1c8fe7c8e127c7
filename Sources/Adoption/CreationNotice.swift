/// Tells the key worker and the manager of a new adoption record (R5).
///
/// Sent sealed to each. Says that the record exists, its PIN and what a PIN is not, the security arrangements, and where
/// to find the filing convention.
public struct CreationNotice: Hashable, Sendable {
    /// Who is told.
    public static let recipients: [Duty] = [.keyWorker, .manager]

    /// The record's PIN.
    public let pin: PIN
    /// The care record it was created for.
    public let care: CareReference

    /// Makes the notice of a record.
    public init(pin: PIN, care: CareReference) {
        self.pin = pin
        self.care = care
    }

    /// The notice's text, one sentence a line.
    public var text: String {
        """
        An adoption record now exists beside the care record \(care).
        Its PIN is \(pin): a reference to ask for it by, not a passcode. It opens nothing, and never stands on the care record.
        It is classified \(Classification.secureAdoptionRecord). Only people the Adoption Administrator has let in can open it.
        Detail of the placement, the carers and the new identity goes on it; the care record shows the plan's type and aim.
        A note or visit with such detail leaves a signpost on the care record: its date, and that detail is held on the \
        secure record.
        Where each document belongs is the filing convention: see `strongroom help filing`.
        """
    }
}
