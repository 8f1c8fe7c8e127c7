import Foundation
import Sealing

/// How fast a document's stream is sealed and opened, with nothing read or written.
struct StreamSpeed {
    /// Megabytes (1,000,000 bytes) of content a second of processor time.
    let sealing: Double
    let opening: Double

    static func measure(byteCount: Int) throws -> StreamSpeed {
        let key = RecordKey().entryKey(Data("bench".utf8))
        let owner = Data("owner".utf8)
        // Another chunk each time, as a document has, and few enough of them to stay in the processor's cache.
        let contents = (0..<4).map { Data(repeating: UInt8($0), count: StreamSealer.chunkByteCount) }
        let chunkCount = byteCount / StreamSealer.chunkByteCount

        var sealer = key.sealer(owner: owner)
        var opener = key.opener(owner: owner)
        var sealing = Time()
        var opening = Time()
        var openedByteCount = 0
        // One chunk after the other, as a document is filed and read: never more than one in memory.
        for number in 0..<chunkCount {
            let isLast = number == chunkCount - 1
            let sealed = try Time.of { try sealer.seal(chunk: contents[number % contents.count], isLast: isLast) }
            let opened = try Time.of { try opener.open(chunk: sealed.answer).plaintext }
            sealing.processor += sealed.time.processor
            opening.processor += opened.time.processor
            openedByteCount += opened.answer.count
        }
        guard openedByteCount == chunkCount * StreamSealer.chunkByteCount else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let megabytes = Double(openedByteCount) / 1e6
        return StreamSpeed(sealing: megabytes / sealing.processor, opening: megabytes / opening.processor)
    }
}
