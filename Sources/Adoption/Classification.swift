/// Holds the classification every adoption record carries (R3).
public enum Classification {
    /// Drives the indexing of documents, so the words are exact and never change.
    public static let secureAdoptionRecord = "Secure Adoption Record"
}
