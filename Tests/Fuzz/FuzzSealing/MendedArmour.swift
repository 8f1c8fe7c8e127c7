import Crypto
import Foundation

/// The text with the checksum of each armoured block made right, as whoever changes one on purpose would do it.
///
/// Otherwise hardly anything a fuzzer writes would be read further than its checksum.
public func mendingArmour(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var begin: Int?
    for index in lines.indices {
        if lines[index].hasPrefix("-----BEGIN ") { begin = index }
        guard let first = begin, lines[index].hasPrefix("-----END "), lines[index - 1].hasPrefix("=") else { continue }
        if let checksum = checksum(of: lines[first..<(index - 1)]) { lines[index - 1] = "=" + checksum }
        begin = nil
    }
    return lines.joined(separator: "\n")
}

/// SHA-256 of the block down to the blank line and of the bytes behind it, the first six bytes of it.
private func checksum(of block: ArraySlice<String>) -> String? {
    guard
        let blank = block.firstIndex(of: ""),
        let body = Data(base64Encoded: block[(blank + 1)...].joined())
    else { return nil }
    let head = block[...blank].map { $0 + "\n" }.joined()
    return Data(SHA256.hash(data: Data(head.utf8) + body).prefix(6)).base64EncodedString()
}
