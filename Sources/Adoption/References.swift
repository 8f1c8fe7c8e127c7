/// The series of adoption records.
public enum AdoptionSeries: ReferenceSeries {
    /// The letters before the first hyphen.
    public static let prefix = "AR"
}

/// The series of care records.
public enum CareSeries: ReferenceSeries {
    /// The letter before the first hyphen.
    public static let prefix = "C"
}

/// The series of imported returns' annexes.
public enum ReturnSeries: ReferenceSeries {
    /// The letter before the first hyphen.
    public static let prefix = "R"
}

/// An adoption record's reference, told to the key worker and the manager (R5).
public typealias PIN = Reference<AdoptionSeries>

/// A care record's reference.
public typealias CareReference = Reference<CareSeries>

/// The reference of an imported return's annex.
public typealias ReturnReference = Reference<ReturnSeries>
