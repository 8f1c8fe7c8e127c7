import Cedar
import Foundation
import Testing

/// Random cases, compared with what the reference engine makes of them while they are made.
///
/// A case is one set of policies with one request, about the schema and the entities of its world. Compared are: what
/// is Cedar and what is not; the decision, its reasons and the policies that cannot be evaluated, without the schema and
/// with it; which policies do not validate; what templates can be linked; the JSON form of policies, as it is and
/// spoilt; what is printed. Of a world: whether the schema is one, whether the entities are read and conform, and the
/// same of texts that are almost these.
///
/// Case n is the same on every machine, so a soak of the cases 1 to 1,000,000 is
/// `scripts/soak cedar-differential-tests --seed 1 --count 1000000 --batch 50000`.
@Suite struct CedarDifferentialTests {
    /// The reference's own Python, which `scripts/prepare --tests` makes.
    ///
    /// Its path is not standardised: that would follow the link to the Python beneath, which knows no cedarpy.
    static let python = root.appending(path: ".venv-cedar/bin/python3")
    static let oracles = root.appending(path: "Tests/Oracles/cedar")
    private static let root = Vector.folder.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static var isHere: Bool {
        FileManager.default.isExecutableFile(atPath: python.path)
    }

    static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(.enabled(if: Self.isHere, "SKIPPED: differential tests of Cedar: there is no cedarpy at \(Self.python.path)"))
    func `random policies are read, decided and validated as the reference engine has it`() throws {
        let first = Self.number("STRONGROOM_SOAK_SEED") ?? 1
        let count = Self.number("STRONGROOM_SOAK_COUNT") ?? 20_000
        var run = GeneratedRun()
        try Self.lines("generate.py", ["--from", "\(first)", "--count", "\(count)"]) { try run.read($0) }
        print(
            """
            Cedar beside cedarpy: cases \(first) to \(first + count - 1), \(run.validatedCount) validated, \
            \(run.worldCount) worlds with \(run.probeCount) texts like theirs
            """)
        #expect(run.caseCount == count)
        try Self.judge(run.printed)
        if run.disagreementCount > 0 {
            Issue.record("\(run.disagreementCount) disagree, \(try Self.keep(run.reports, of: first))")
        }
    }

    /// Shows the reference what was printed here: it must read the policies that the text was printed from.
    private static func judge(_ printed: [GeneratedCase.Printed]) throws {
        struct Line: Encodable {
            let policies: String
            let est = true
        }
        let question = FileManager.default.temporaryDirectory.appending(path: "cedar-printed-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: question) }
        let encoder = JSONEncoder()
        let lines =
            try ["{}"] + printed.map { String(decoding: try encoder.encode(Line(policies: $0.text)), as: UTF8.self) }
        try lines.joined(separator: "\n").write(to: question, atomically: true, encoding: .utf8)
        var rest = printed[...]
        try Self.lines("judge.py", [], input: question) { line in
            let answer = try JSONValue(parsing: Array(line.utf8))
            guard answer["n"] != nil, let text = rest.popFirst() else { return }
            let matches = text.est == answer["est"]?.string || parsed(text.est) == parsed(answer["est"]?.string ?? "")
            #expect(matches, "case \(text.number), printed as\n\(text.text)")
        }
        #expect(rest.isEmpty)
    }

    private static func parsed(_ json: String) -> JSONValue? { try? JSONValue(parsing: Array(json.utf8)) }

    /// Writes the disagreements where they can be read and made vectors of, and shows the first.
    private static func keep(_ reports: [String], of first: Int) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "cedar-disagreements-\(first).txt")
        try reports.joined(separator: "\n\n").write(to: file, atomically: true, encoding: .utf8)
        return "see \(file.path), where the first is\n\(reports.first ?? "")"
    }

    /// Runs one of the reference's programs and hands over its lines as they come.
    private static func lines(
        _ program: String, _ arguments: [String], input: URL? = nil, _ body: (String) throws -> Void
    ) throws {
        let process = Process()
        process.executableURL = python
        process.arguments = [oracles.appending(path: program).path] + arguments
        if let input { process.standardInput = try FileHandle(forReadingFrom: input) }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        defer { if process.isRunning { process.terminate() } }
        var rest = Data()
        while true {
            let data = pipe.fileHandleForReading.availableData
            if data.isEmpty { break }
            rest += data
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                try body(String(decoding: rest[start..<end], as: UTF8.self))
                start = rest.index(after: end)
            }
            rest = Data(rest[start...])
        }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) ended with \(process.terminationStatus)")
    }
}
