import Cedar
import Foundation
import Testing

/// Half of Cedar's public conformance corpus, which is not part of this repository.
enum Corpus {
    static let archive: URL = {
        let shared =
            ProcessInfo.processInfo.environment["STRONGROOM_SHARED"].map { URL(filePath: $0) }
            ?? Vector.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared")
        return shared.appending(path: "data/cedar-corpus/corpus-half.tar.gz")
    }()

    static var isHere: Bool { FileManager.default.fileExists(atPath: archive.path) }

    /// Unpacks the archive into a new folder.
    static func unpack() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cedar-corpus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tar = Process()
        tar.executableURL = URL(filePath: "/usr/bin/env")
        tar.arguments = ["tar", "-xzf", archive.path, "-C", folder.path]
        try tar.run()
        tar.waitUntilExit()
        try #require(tar.terminationStatus == 0, "tar could not unpack the corpus")
        return folder
    }

    /// The case files of an unpacked corpus.
    static func cases(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "corpus-tests"), includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "json" && !$0.lastPathComponent.hasSuffix(".entities.json") }
    }
}

@Suite struct CorpusTests {
    @Test(.enabled(if: Corpus.isHere, "SKIPPED: the conformance corpus is not at \(Corpus.archive.path)"))
    func `decisions, reasons and errors agree with the conformance corpus`() throws {
        let folder = try Corpus.unpack()
        defer { try? FileManager.default.removeItem(at: folder) }
        let cases = try Corpus.cases(in: folder)
        #expect(cases.count > 3_000)
        var requestCount = 0
        for url in cases { requestCount += try check(url, in: folder) }
        print("conformance corpus: \(cases.count) cases, \(requestCount) requests")
    }

    @Test(.enabled(if: Corpus.isHere, "SKIPPED: the conformance corpus is not at \(Corpus.archive.path)"))
    func `verdicts of validation agree with the conformance corpus`() throws {
        let folder = try Corpus.unpack()
        defer { try? FileManager.default.removeItem(at: folder) }
        let cases = try Corpus.cases(in: folder)
        var validCount = 0
        for url in cases {
            let wanted = try JSONValue(parsing: Array(Data(contentsOf: url)))
            func text(_ key: String) throws -> String {
                try String(contentsOf: folder.appending(path: #require(wanted[key]?.string)), encoding: .utf8)
            }
            let validator = Validator(schema: try Schema(parsing: text("schema")))
            let report = validator.validate(try PolicySet(parsing: text("policies")))
            #expect(.bool(report.isValid) == wanted["shouldValidate"], "\(url.lastPathComponent): \(report.faults)")
            if report.isValid { validCount += 1 }
        }
        print("conformance corpus: \(cases.count) validation verdicts, \(validCount) valid")
    }

    /// Checks one case and returns how many requests it had.
    private func check(_ url: URL, in folder: URL) throws -> Int {
        let name = url.deletingPathExtension().lastPathComponent
        let wanted = try JSONValue(parsing: Array(Data(contentsOf: url)))
        let policies = try PolicySet(
            parsing: String(contentsOf: folder.appending(path: #require(wanted["policies"]?.string)), encoding: .utf8))
        let entities = try Entities(
            json: Array(Data(contentsOf: folder.appending(path: #require(wanted["entities"]?.string)))))
        let requests = try #require(wanted["requests"]?.array)
        for (index, question) in requests.enumerated() {
            let asked = try #require(question.object)
            let keys: [CedarString] = ["principal", "action", "resource", "context"]
            let request = try Request(.object(asked.filter { keys.contains($0.key) }))
            let response = Authorizer.isAuthorized(request, policies: policies, entities: entities)
            #expect(response.decision.rawValue == question["decision"]?.string, "\(name) \(index)")
            #expect(Set(response.reasons) == names(question["reason"]), "\(name) \(index)")
            #expect(Set(response.errors.map(\.policyID)) == names(question["errors"]), "\(name) \(index)")
        }
        return requests.count
    }

    private func names(_ list: JSONValue?) -> Set<String> { Set((list?.array ?? []).compactMap(\.string)) }
}
