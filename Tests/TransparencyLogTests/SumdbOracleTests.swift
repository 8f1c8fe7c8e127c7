import Foundation
import Testing
import TransparencyLog

/// Go's golang.org/x/mod/sumdb judges the same directories: code that shares nothing with ours.
@Suite struct SumdbOracleTests {
    /// The oracle, built once; `nil` where Go or the package is not installed.
    static let oracle: URL? = {
        let packages = "/usr/share/gocode"
        guard
            let go = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":")
                .map({ URL(filePath: "\($0)/go") })
                .first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }),
            FileManager.default.fileExists(atPath: "\(packages)/src/golang.org/x/mod/sumdb/note")
        else {
            print("SKIPPED: Go's opinion on the log (install golang-go and golang-golang-x-mod-dev)")
            return nil
        }
        // Beside the tests' own program, where a clean build clears it away.
        let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "sumdb-oracle")
        var environment = ProcessInfo.processInfo.environment
        environment["GO111MODULE"] = "off"
        environment["GOPATH"] = packages
        environment["GOFLAGS"] = ""
        environment["GOCACHE"] = folder.appending(path: "cache").path
        let program = folder.appending(path: "verify")
        let built = try? run(go, ["build", "-o", program.path, Tree.oracle.path], environment: environment)
        // Installed but not building is a fault of ours, not a reason to skip: the runs below will fail.
        if let built, built.status != 0 { print(built.complaint) }
        return program
    }()

    private func judge(_ place: Workplace, held: String) throws -> String? {
        // Go must not find the directory gone and reject that.
        try withExtendedLifetime(place) { try judge(place.url, held: held) }
    }

    private func judge(_ directory: URL, held: String? = nil) throws -> String? {
        guard let oracle = Self.oracle else { return nil }
        let place = try Workplace()
        var arguments = [directory.path, MemoryLog.signer.verifier.vkey]
        if let held {
            let file = place.url.appending(path: "held")
            try Data(held.utf8).write(to: file)
            arguments.append(file.path)
        }
        let (status, output, complaint) = try run(oracle, arguments)
        #expect(status == (output.hasPrefix("accepted: ") ? 0 : 1), "\(complaint)")
        return String(output.prefix { $0 != ":" })
    }

    @Test(arguments: [1, 255, 256, 257, 1_000]) func `Go accepts what we export`(size: Int) throws {
        let place = try Workplace()
        try Tampering.log.export(size, to: place.url)
        let verdict = try judge(place, held: Tampering.log.note(min(size, Tampering.heldSize)))
        #expect(verdict == nil || verdict == "accepted")
    }

    @Test func `Go accepts a log of three levels`() throws {
        let place = try Workplace()
        let log = MemoryLog.canonical(count: 66_000)
        try log.export(66_000, to: place.url)
        let verdict = try judge(place, held: log.note(65_537))
        #expect(verdict == nil || verdict == "accepted")
        let audit = DirectoryAudit(directory: place.url, verifier: MemoryLog.signer.verifier)
        #expect(try audit.run(since: log.note(65_537)) { _, _ in }.entryCount == 66_000)
    }

    @Test func `Go accepts the worked example`() throws {
        let verdict = try judge(WorkedExampleTests.folder)
        #expect(verdict == nil || verdict == "accepted")
    }

    // A pipe is left out: Go would wait for its writer for ever.
    @Test(arguments: Tampering.allCases.filter { $0 != .bundleIsAPipe })
    func `Go rejects what we reject`(tampering: Tampering) throws {
        let place = try Workplace()
        try tampering.make(in: place)
        let verdict = try judge(place, held: Tampering.log.note(Tampering.heldSize))
        #expect(verdict == nil || verdict == "rejected")
    }
}
