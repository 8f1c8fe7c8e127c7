import CPageCipherTesting
import Testing

/// Every rule of the cipher: its trial passes with the cipher as it is, and fails with that rule left out.
@Suite(.serialized) struct RuleTests {
    private static let trials: [Rule: @Sendable (Trial.Making) throws -> [String]] = [
        .zeroedReserve: Trial.logOutlivesItsProcess,
        .refusedReserve: Trial.plainStoreIsNotCopiedIn,
        .zeroedBadFrame: Trial.tornFrameEndsTheLog,
        .refusedZeroFrame: Trial.changedFrameIsNotCommitted,
        .syntheticHeader: Trial.tornFirstPageIsMended,
        .gapFill: Trial.skippedPagesAreThere,
        .cutFile: Trial.cutFileIsNotFilledByItsLog,
        .frameHeader: Trial.nothingConfirmsAGuessFromTheLog,
        .journalMask: Trial.nothingConfirmsAGuessFromTheJournal,
        .hotRecord: Trial.tornRecordIsNoError,
        .countedRecord: Trial.cutJournalIsNoticed,
        .journalHeader: Trial.changedJournalHeaderIsNoticed,
        .boundPlace: Trial.swappedPagesAreNoticed,
        .temporaryFiles: Trial.nothingShowsInTemporaryFiles,
    ]

    @Test(arguments: Rule.allCases.filter { $0 != .none && $0 != .forkedNonces })
    func `a trial passes with its rule and fails without it`(rule: Rule) throws {
        let trial = try #require(Self.trials[rule], "no trial for \(rule)")
        #expect(try trial { Cipher(base: $0) } == [], "the product's cipher")
        let copy = try Rule.leavingOut(.none) { try trial { Cipher(base: $0, without: Rule.none) } }
        #expect(copy == [], "the copy with no rule left out")
        let crippled = try Rule.leavingOut(rule) { try trial { Cipher(base: $0, without: rule) } }
        #expect(crippled != [], "leaving out \(rule) goes unnoticed")
    }

    @Test func `without its rule parent and child draw the same nonce`() {
        #expect(Trial.forkedProcessesDrawTheirOwn(forked_random_repeats_in_product) == [])
        Rule.leavingOut(.forkedNonces) {
            #expect(Trial.forkedProcessesDrawTheirOwn(forked_ablated_random_repeats) != [])
        }
    }

    /// What the trials set up by hand happens by itself when the power goes.
    @Test(arguments: [(Rule.zeroedReserve, 0), (.zeroedBadFrame, 0), (.syntheticHeader, 3)])
    func `without its rule a loss of power loses the store`(rule: Rule, workload: Int) throws {
        try Rule.leavingOut(rule) {
            try PowerLoss.lent {
                let cipher = Cipher(base: PowerLoss.disk, without: rule)
                let isLost = try (1...150).contains { seed in
                    try PowerLoss.problems(Workload.full[workload], seeds: seed..<seed + 1, on: cipher.name) != []
                }
                #expect(isLost)
            }
        }
    }
}
