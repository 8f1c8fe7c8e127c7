import Foundation
import Testing
import TransparencyLog

/// The auditor's tool as the auditor runs it.
@Suite struct VerifyToolTests {
    /// Built beside the tests.
    static let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "strongroom-verify")
    static let key = MemoryLog.signer.verifier.vkey

    private func verify(_ place: Workplace, _ arguments: String...) throws -> (
        status: Int32, output: String, complaint: String
    ) {
        try run(Self.tool, [place.url.path, "--key", Self.key] + arguments)
    }

    private func held(_ size: Int, in place: Workplace) throws -> String {
        let file = place.url.appending(path: "held-\(size)")
        try Data(Tampering.log.note(size).utf8).write(to: file)
        return file.path
    }

    @Test func `an untouched log is accepted with a statement of what was and was not proved`() throws {
        let place = try Workplace()
        try Tampering.log.export(1_000, to: place.url)
        let (status, output, complaint) = try verify(place, "--since", held(600, in: place))
        #expect(status == 0)
        #expect(complaint == "")
        #expect(output.hasPrefix("accepted: \(MemoryLog.origin)\n"))
        #expect(output.contains("1000 entries, 2026-01-01T00:00:00.000Z to 2026-01-01T00:16:39.000Z"))
        #expect(output.contains("extends the 600 entries you held"))
        #expect(output.contains("This does not prove"))
    }

    @Test(arguments: Tampering.allCases)
    func `a log tampered with is rejected in one line`(tampering: Tampering) throws {
        let place = try Workplace()
        try tampering.make(in: place)
        let (status, output, _) = try verify(place, "--since", held(600, in: place))
        #expect(status == 1)
        #expect(output == "rejected: \(tampering.fault)\n")
    }

    @Test func `the verdict can be had as JSON`() throws {
        let place = try Workplace()
        try MemoryLog.canonical(count: 2).export(2, to: place.url)
        #expect(
            try verify(place, "--json").output == """
                {"accepted":true,"firstTime":"2026-01-01T00:00:00.000Z","lastTime":"2026-01-01T00:00:01.000Z",\
                "origin":"vault.example/adoption-log","root":"\(MemoryLog.canonical(count: 2).root(2).base64)","size":2}

                """)
        try place.flip("tile/entries/000.p/2", at: 50)
        let (status, output, _) = try verify(place, "--json")
        #expect(status == 1)
        #expect(
            output == """
                {"accepted":false,"origin":"vault.example/adoption-log",\
                "reason":"entry 0 is not the one the signed checkpoint commits to"}

                """)
    }

    @Test(arguments: [
        (#"{"v":1,"seq":2,"t":"2026-01-01T00:00:02.000Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":2,"seq":1,"t":"2026-01-01T00:00:02.000Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"seq":1,"v":1,"t":"2026-01-01T00:00:02.000Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1, "seq":1,"t":"2026-01-01T00:00:02.000Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":01,"t":"2026-01-01T00:00:02.000Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":1,"t":"2026-13-01T00:00:02.000Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":1,"t":"2026-01-01T00:00:02Z","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":1,"t":"2026-01-01T00:00:02.000+01","ev":"x"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":1,"t":"2026-01-01T00:00:02.000Z","ev":"é"}"#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":1,"t":"2026-01-01T00:00:02.000Z","ev":"x""#, "entry 1 does not open as entry 1"),
        (#"{"v":1,"seq":1,"t":"2025-12-31T23:59:59.999Z","ev":"x"}"#, "entry 1 is dated 2025-12-31T23:59:59.999Z"),
        ("", "entry 1 does not open as entry 1"),
    ]) func `a genuine entry that is no access entry is rejected`(entry: String, reason: String) throws {
        let place = try Workplace()
        try MemoryLog([MemoryLog.canonicalEntry(0), Array(entry.utf8)]).export(2, to: place.url)
        let (status, output, _) = try verify(place)
        #expect(status == 1)
        #expect(output.hasPrefix("rejected: \(reason)"))
    }

    @Test func `two entries of the same moment are accepted`() throws {
        let place = try Workplace()
        let first = String(decoding: MemoryLog.canonicalEntry(0), as: UTF8.self)
        let second = first.replacing("\"seq\":0", with: "\"seq\":1")
        try MemoryLog([first, second].map { Array($0.utf8) }).export(2, to: place.url)
        #expect(try verify(place).status == 0)
    }

    @Test func `an empty log is accepted`() throws {
        let place = try Workplace()
        try MemoryLog([]).export(0, to: place.url)
        let (status, output, _) = try verify(place)
        #expect(status == 0)
        #expect(output.contains("no entry yet"))
    }

    @Test func `the key may be read from a file the person names`() throws {
        let place = try Workplace()
        try MemoryLog.canonical(count: 2).export(2, to: place.url)
        let file = place.url.appending(path: "log.vkey")
        try Data("\(Self.key)\n".utf8).write(to: file)
        #expect(try run(Self.tool, [place.url.path, "--key-file", file.path]).status == 0)
        // Lying in the directory is not being named.
        let (status, _, complaint) = try run(Self.tool, [place.url.path])
        #expect(status == 2)
        #expect(complaint.contains("must come from you, not from the directory"))
    }

    @Test(arguments: [
        [], ["--key"], ["/nowhere", "--key", key], ["/tmp", "/tmp", "--key", key], ["/tmp", "--key", "nonsense"],
        ["/tmp", "--key", key, "--key", key], ["/tmp", "--key", key, "--key-file", "/dev/null"],
        ["/tmp", "--kez", key],
        ["/tmp", "--key", key, "--since", "/nowhere"], ["/tmp", "--key", key, "--since"],
    ]) func `a command that is not understood is usage`(arguments: [String]) throws {
        let (status, output, complaint) = try run(Self.tool, arguments)
        #expect(status == 2)
        #expect(output == "")
        #expect(complaint.hasPrefix("strongroom-verify: error: "))
        #expect(complaint.contains("usage: strongroom-verify DIR"))
    }

    @Test func `the help teaches`() throws {
        let (status, output, _) = try run(Self.tool, ["--help"])
        #expect(status == 0)
        #expect(output.contains("The key must reach you by another way than the directory"))
    }
}
