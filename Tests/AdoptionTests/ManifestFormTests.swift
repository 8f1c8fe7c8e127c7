import Adoption
import Foundation
import Testing

struct ManifestFormTests {
    private let folder = Scenario.folder.appending(path: "manifests")

    @Test func `a manifest keeps the form it is stored and signed in`() throws {
        let stored = try Data(contentsOf: folder.appending(path: "good.json"))
        let manifest = try JSONDecoder().decode(MigrationManifest.self, from: stored)
        let counts = manifest.counts
        #expect(counts.moved == 1 && counts.matched == 1 && counts.restricted == 1 && counts.held == 1)
        #expect(counts.total == 4)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(manifest) + Data("\n".utf8)
        #expect(line == stored)
    }

    @Test func `a manifest made wrong is not read`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        let wrong = names.filter { $0.hasPrefix("wrong-") }.sorted()
        #expect(wrong.count == 9)
        for name in wrong {
            let stored = try Data(contentsOf: folder.appending(path: name))
            #expect(throws: DecodingError.self, "\(name)") {
                try JSONDecoder().decode(MigrationManifest.self, from: stored)
            }
        }
    }
}
