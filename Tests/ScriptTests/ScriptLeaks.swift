import Foundation
import StrongroomTesting

extension ScriptRun {
    /// Searches what the command left, for all that the script has told the vault so far.
    func expectNoLeak() throws {
        let scan = known.scan
        try Self.expectNone(WrittenFiles(folder: folder).all().flatMap(scan.findings(in:)))
    }

    /// Runs a program and searches every byte it wrote to any file, those it deleted again too; but not what it was
    /// asked to write out.
    func follow(_ request: Invocation.Request) throws -> Invocation {
        let log = folder.appending(path: Self.temporaryName + "-calls")
        defer { try? FileManager.default.removeItem(at: log) }
        let result = try Invocation.run(asTyped(SystemCalls.followed(request, into: log)))
        let calls = try SystemCalls(log: log)
        let asked = request.arguments.map { path($0).standardizedFileURL.path }
        let spoken = FileManager.default.temporaryDirectory.appending(path: "run-").path
        let files = WrittenFiles(folder: folder)
        func mustShowNothing(_ path: String) -> Bool {
            let isAskedFor = asked.contains { path.hasPrefix($0) } && !files.isOfVault(path)
            return !isAskedFor && !path.hasPrefix(spoken) && !path.hasPrefix("/dev/")
        }
        let scan = known.scan
        try Self.expectNone(
            calls.unseen.filter(mustShowNothing).sorted().map { "`\($0)`: what is written cannot be seen" })
        for (path, bytes) in calls.written.sorted(by: { $0.key < $1.key }) where mustShowNothing(path) {
            try Self.expectNone(scan.found(in: bytes).sorted().map { "`\(path)` was written with `\($0)`" })
        }
        return result
    }

    private static func expectNone(_ findings: [String]) throws {
        if !findings.isEmpty { throw Wrong("in the clear: \(findings.joined(separator: ", "))") }
    }
}
