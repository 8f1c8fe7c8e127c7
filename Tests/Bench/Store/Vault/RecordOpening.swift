import Foundation
import Strongroom
import StrongroomTesting

/// Opening one record in a small store and in a large one, which is the small one grown.
struct RecordOpening {
    private let vault: TestVault
    private let record: String
    private let entry: String
    private let large: URL

    private static let ownDocumentCount = 10

    /// Makes both stores: a practice vault with one record and some documents of it, among others' documents.
    init(small: Int, large: Int) throws {
        vault = try TestVault()
        let reference = try vault.openCare()
        record = reference
        let file = try vault.file("letter.txt", Data(repeating: 0x61, count: 3000))
        entry = try vault.with("asha") { session in
            try (0..<Self.ownDocumentCount).map { _ in
                try session.addDocument(reference, file: file, kind: "care-plan").done().entry
            }[0]
        }
        try GrownStore(vault, at: vault.directory).add(documents: small)
        self.large = vault.directory.appendingPathExtension("files").appendingPathComponent("large")
        try FileManager.default.copyItem(at: vault.directory, to: self.large)
        try GrownStore(vault, at: self.large).add(documents: large - small)
    }

    /// Opens, shows and reads as often as said, in turns; the first of each is not counted, it warms the system's cache.
    func measure(rounds: Int) throws {
        for round in 0...rounds {
            let (few, many) = (try open(vault.directory), try open(large))
            guard round > 0 else { continue }
            print(few.wall * 1e3, many.wall * 1e3, few.processor * 1e3, many.processor * 1e3)
        }
        print(try size(of: vault.directory), try size(of: large))
    }

    /// What a person waits for: the vault opens, the record's page is shown, one of its documents is read.
    private func open(_ directory: URL) throws -> Time {
        let measured = try Time.of {
            let session = try Vault.open(
                at: directory, identity: vault.identity("asha"), clock: vault.clock.clock, confirmClock: true)
            _ = try session.showCare(record).done()
            _ = try session.listEntries(record).done()
            let read = try session.readDocument(record, entry).done()
            guard read.content?.count == 3000 else { throw UnexpectedOutcome(description: "another document") }
            return session
        }
        try measured.answer.close()
        return measured.time
    }

    private func size(of directory: URL) throws -> Int {
        let store = directory.appendingPathComponent("store.db")
        return try FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int ?? 0
    }
}
