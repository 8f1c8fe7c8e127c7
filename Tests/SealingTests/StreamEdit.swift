import Foundation
import Sealing
import Testing

/// Damage done on purpose to a stream that stands in another file, named by `edit:`, so that long ones stand there once.
enum StreamEdit {
    /// The sealed bytes of a vector: its body, or the body of another with an edit.
    static func sealed(_ vector: Vector) throws -> Data {
        guard let original = vector.fields["of"] else { return try vector.block() }
        let words = try vector.text("edit").split(separator: " ").map(String.init)
        let numbers = words.dropFirst().compactMap(Int.init)
        var sealed = try Vector(reading: original).block()
        switch words[0] {
        case "flip-byte":
            sealed[numbers[0]] ^= 1
        case "truncate-to":
            sealed = sealed.prefix(numbers[0])
        case "swap-chunks", "repeat-chunk", "drop-chunk", "append-chunk":
            sealed = edit(chunks(of: sealed), words[0], numbers)
        default:
            Issue.record("\(vector.name): unknown edit \(words[0])")
        }
        return sealed
    }

    private static func edit(_ pieces: (header: Data, chunks: [Data]), _ word: String, _ numbers: [Int]) -> Data {
        var chunks = pieces.chunks
        switch word {
        case "swap-chunks": chunks.swapAt(numbers[0], numbers[1])
        case "repeat-chunk": chunks.insert(chunks[numbers[0]], at: numbers[0])
        case "drop-chunk": chunks.remove(at: numbers[0])
        default: chunks.append(chunks[numbers[0]])
        }
        return chunks.reduce(pieces.header, +)
    }

    /// The header and the sealed chunks of a stream.
    static func chunks(of sealed: Data) -> (header: Data, chunks: [Data]) {
        let header = Data(sealed.prefix(StreamOpener.headerByteCount))
        let size = StreamOpener.sealedChunkByteCount
        let chunks = stride(from: header.count, to: sealed.count, by: size).map { start in
            Data(sealed.dropFirst(start).prefix(size))
        }
        return (header, chunks)
    }
}
