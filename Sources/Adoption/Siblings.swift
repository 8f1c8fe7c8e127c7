/// Keeps one adoption record for each child (R10).
public enum Siblings {
    /// Judges a use of one child's adoption record for a child: nil only when it is their own.
    ///
    /// - Parameters:
    ///   - owner: the care record the adoption record was created for.
    ///   - child: the care record it would be used for.
    public static func judge(recordOf owner: CareReference, for child: CareReference) -> Refusal? {
        owner == child ? nil : Refusal(.oneRecordPerChild)
    }
}
