extension Holidays {
    /// The bank holidays of England and Wales: GOV.UK's for 2012 to 2028, the standing rules before and after.
    ///
    /// A new proclamation is one line here and, with each new year of <https://www.gov.uk/bank-holidays>, the next
    /// ``lastOfficialYear``.
    public static let englandAndWales = Holidays(
        firstOfficialYear: 2012,
        lastOfficialYear: 2028,
        proclamations: [
            2012: Proclamation(withdrawn: ["2012-05-28"], added: ["2012-06-04", "2012-06-05"]),  // Diamond Jubilee
            2020: Proclamation(withdrawn: ["2020-05-04"], added: ["2020-05-08"]),  // 75 years of VE day
            2022: Proclamation(
                withdrawn: ["2022-05-30"],
                added: ["2022-06-02", "2022-06-03", "2022-09-19"]),  // Platinum Jubilee; the Queen's funeral
            2023: Proclamation(withdrawn: [], added: ["2023-05-08"]),  // the King's coronation
        ])
}

extension Proclamation {
    fileprivate init(withdrawn: [String], added: [String]) {
        self.init(withdrawn: withdrawn.map { Day($0)! }, added: added.map { Day($0)! })
    }
}
