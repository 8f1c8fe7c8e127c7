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
        // The opener meets every chunk once; only as many are kept as it is timed with.
        var sealed: [Data] = []
        sealed.reserveCapacity(chunkCount)
        let sealing = try Time.of {
            for number in 0..<chunkCount {
                sealed.append(try sealer.seal(chunk: contents[number % contents.count], isLast: number == chunkCount - 1))
            }
        }.time
        while let padding = try sealer.padding() { sealed.append(padding) }

        var opener = key.opener(owner: owner)
        var openedByteCount = 0
        let opening = try Time.of {
            for chunk in sealed.prefix(chunkCount) {
                openedByteCount += try opener.open(chunk: chunk).plaintext.count
            }
        }.time
        guard openedByteCount == chunkCount * StreamSealer.chunkByteCount else { throw CocoaError(.fileReadCorruptFile) }
        let megabytes = Double(openedByteCount) / 1e6
        return StreamSpeed(sealing: megabytes / sealing.processor, opening: megabytes / opening.processor)
    }
}
