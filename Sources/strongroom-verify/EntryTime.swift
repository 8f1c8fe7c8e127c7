/// A moment as an entry states it: `2026-01-01T00:00:00.000Z`, UTC, to the millisecond, always of this width.
struct EntryTime: Comparable, CustomStringConvertible {
    /// A zero stands for any digit; everything else for itself.
    private static let pattern = Array("0000-00-00T00:00:00.000Z".utf8)
    static let byteCount = pattern.count

    /// The seventeen digits read as one number: in their order the larger is the later.
    private let digits: UInt64

    /// Reads the moment from its exact bytes; `nil` for any other spelling, and for a month or an hour there is not.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var digits: UInt64 = 0
        for (byte, expected) in zip(bytes, Self.pattern) {
            if expected == UInt8(ascii: "0") {
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
                digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
            } else if byte != expected {
                return nil
            }
        }
        self.digits = digits
        guard 1...12 ~= twoDigits(at: 100_000_000_000), 1...31 ~= twoDigits(at: 1_000_000_000) else { return nil }
        // No leap second: the system's clock has none.
        guard twoDigits(at: 10_000_000) < 24, twoDigits(at: 100_000) < 60, twoDigits(at: 1_000) < 60 else { return nil }
    }

    static func < (left: EntryTime, right: EntryTime) -> Bool { left.digits < right.digits }

    /// The moment as it was written.
    var description: String {
        var rest = Array(String(digits).utf8)
        rest.insert(contentsOf: [UInt8](repeating: UInt8(ascii: "0"), count: 17 - rest.count), at: 0)
        var next = rest[...]
        let bytes = Self.pattern.map { $0 == UInt8(ascii: "0") ? next.removeFirst() : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The two digits of which the second has this place value.
    private func twoDigits(at unit: UInt64) -> UInt64 { digits / unit % 100 }
}
