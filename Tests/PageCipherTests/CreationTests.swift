import Foundation
import Testing

/// Several processes that make one store at the same moment: one gives it its identity, the others take that.
@Suite(.serialized) struct CreationTests {
    private static let processes = 5
    private static let variable = "STRONGROOM_CREATION"

    @Test(arguments: ["unix DELETE", "unix WAL", "unix-excl WAL"])
    func `processes that make one store agree on it`(manner: String) throws {
        for round in 1...(isSoaking ? 60 : 2) {
            let directory = try TemporaryDirectory()
            let makers = try (1...Self.processes).map { try start("\(manner) \($0) \(directory.path())") }
            for maker in makers { maker.waitUntilExit() }
            #expect(makers.map(\.terminationStatus) == makers.map { _ in 0 }, "\(manner), round \(round)")
            let store = try Connection(directory.path(), on: Cipher())
            #expect(
                try store.text("SELECT count(*), count(DISTINCT maker) FROM t")
                    == "\(Self.processes * 10)|\(Self.processes)")
            #expect(try store.text("PRAGMA integrity_check") == "ok")
        }
    }

    /// This program again, to run the test below and no other.
    private func start(_ work: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", "CreationTests.*one of the processes"]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.variable: work]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[variable] != nil, "the test above starts it"))
    func `one of the processes`() throws {
        let work = try #require(ProcessInfo.processInfo.environment[Self.variable]).split(separator: " ").map(
            String.init)
        let store = try Connection(work[3], on: Cipher(base: work[0]))
        try store.run("BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, maker, body); COMMIT")
        // Another process that reads keeps the mode as it is; then the next one turns it.
        _ = failure { try store.run("PRAGMA journal_mode = \(work[1])") }
        for _ in 1...10 { try store.run("INSERT INTO t (maker, body) VALUES (\(work[2]), randomblob(700))") }
    }
}
