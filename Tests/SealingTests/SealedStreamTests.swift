import Foundation
import Sealing
import Testing

@Suite struct SealedStreamTests {
    let key = RecordKey(random: SeededRandom("a record")).entryKey(Data("entry".utf8))
    let owner = Data("owner".utf8)

    @Test(arguments: [0, 1, 255, 256, 65_535, 65_536, 65_537, 131_072, 200_000])
    func `a content of any length comes back`(byteCount: Int) throws {
        let content = Vector.pattern(byteCount)
        #expect(try key.open(key.seal(content, owner: owner), owner: owner) == content)
    }

    @Test func `equal contents never look equal`() throws {
        let content = Vector.pattern(100_000)
        let copies = try (0..<8).map { _ in try key.seal(content, owner: owner) }
        #expect(Set(copies).count == 8)
        #expect(Set(copies.map(\.count)).count > 1, "every copy has slack of its own")
        #expect(Set(copies.map { $0.prefix(StreamOpener.headerByteCount) }).count == 8)
    }

    @Test func `the sealer gives one chunk a call and then the padding`() throws {
        var sealer = key.sealer(owner: owner)
        var chunks = [try sealer.seal(chunk: Vector.pattern(StreamSealer.chunkByteCount), isLast: false)]
        #expect(throws: SealingFault.malformed("the content has not ended")) { try sealer.padding() }
        chunks.append(try sealer.seal(chunk: Data([1, 2, 3]), isLast: true))
        while let padding = try sealer.padding() { chunks.append(padding) }
        #expect(sealer.isFinished)
        #expect(chunks[0].count == StreamOpener.headerByteCount + StreamOpener.sealedChunkByteCount)
        #expect(chunks.dropFirst().dropLast().allSatisfy { $0.count == StreamOpener.sealedChunkByteCount })

        var opener = key.opener(owner: owner)
        var content = Data()
        for (place, chunk) in chunks.enumerated() {
            let piece = try opener.open(chunk: chunk)
            content += piece.plaintext
            #expect(piece.isLast == (place == chunks.count - 1))
        }
        try opener.finish()
        #expect(content == Vector.pattern(StreamSealer.chunkByteCount) + [1, 2, 3])
    }

    @Test func `a sealer refuses chunks of the wrong length and content after the end`() throws {
        var sealer = key.sealer(owner: owner)
        #expect(throws: SealingFault.self) { try sealer.seal(chunk: Data([1]), isLast: false) }
        #expect(throws: SealingFault.self) {
            try sealer.seal(chunk: Vector.pattern(StreamSealer.chunkByteCount + 1), isLast: true)
        }
        _ = try sealer.seal(chunk: Data([1]), isLast: true)
        #expect(throws: SealingFault.malformed("the stream had ended")) {
            try sealer.seal(chunk: Data([1]), isLast: true)
        }
    }

    @Test func `a stream without its padding is cut short`() throws {
        var sealer = key.sealer(owner: owner)
        let content = Vector.pattern(StreamSealer.chunkByteCount)
        let chunks = [try sealer.seal(chunk: content, isLast: false), try sealer.seal(chunk: content, isLast: true)]
        try #require(!sealer.isFinished)
        var opener = key.opener(owner: owner)
        for chunk in chunks { #expect(try !opener.open(chunk: chunk).isLast) }
        #expect(throws: SealingFault.damaged) { try opener.finish() }
    }

    @Test func `a reader that gives little at a time changes nothing`() throws {
        let content = Vector.pattern(150_000)
        var rest = content
        var chunks: [Data] = []
        let byteCount = try key.seal(owner: owner) { wanted in
            defer { rest = rest.dropFirst(min(wanted, 7_001)) }
            return rest.prefix(min(wanted, 7_001))
        } writing: {
            chunks.append($0)
        }
        #expect(byteCount == 150_000)
        var opened = Data()
        var left = chunks[...]
        try key.open(owner: owner) {
            left.popFirst()
        } writing: {
            opened += $0
        }
        #expect(opened == content)
    }

    @Test func `a stream of another key, entry or owner is damaged`() throws {
        let sealed = try key.seal(Data("letter".utf8), owner: owner)
        let record = RecordKey(random: SeededRandom("a record"))
        #expect(throws: SealingFault.damaged) { try key.open(sealed, owner: Data("other".utf8)) }
        #expect(throws: SealingFault.damaged) { try record.entryKey(Data("other".utf8)).open(sealed, owner: owner) }
        #expect(throws: SealingFault.damaged) {
            try RecordKey().entryKey(Data("entry".utf8)).open(sealed, owner: owner)
        }
    }

    @Test func `every flipped bit of a short stream is noticed`() throws {
        let sealed = try key.seal(Data("letter".utf8), owner: owner)
        for place in sealed.indices {
            #expect(throws: SealingFault.self) { try key.open(sealed.flipped(place), owner: owner) }
        }
    }

    @Test func `every truncation of a short stream is noticed`() throws {
        let sealed = try key.seal(Data("letter".utf8), owner: owner)
        for count in 0..<sealed.count {
            #expect(throws: SealingFault.self) { try key.open(sealed.prefix(count), owner: owner) }
        }
    }

    @Test func `half a gigabyte passes in constant memory`() throws {
        let chunk = Vector.pattern(StreamSealer.chunkByteCount)
        let chunkCount = 8_192
        let before = Memory.peakKibibytes
        var sealer = key.sealer(owner: owner)
        var opener = key.opener(owner: owner)
        var openedByteCount = 0
        for number in 1...chunkCount {
            let sealed = try sealer.seal(chunk: chunk, isLast: number == chunkCount)
            openedByteCount += try opener.open(chunk: sealed).plaintext.count
        }
        while let padding = try sealer.padding() { _ = try opener.open(chunk: padding) }
        try opener.finish()
        #expect(openedByteCount == chunkCount * StreamSealer.chunkByteCount)
        // Other tests run beside this one; the stream kept in memory would show as more.
        #expect(Memory.peakKibibytes - before < 400 << 10)
    }
}

/// The process's own account of itself.
enum Memory {
    static var peakKibibytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
