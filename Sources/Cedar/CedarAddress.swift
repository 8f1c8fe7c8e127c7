/// Cedar's internet address or range of addresses, of either family.
///
/// Written as an address, `10.0.0.1` or `fe80::1`, optionally followed by `/` and the length of the prefix. An address
/// without a prefix is the range of itself alone. Equality compares address **and** prefix: `10.0.0.1/8` and
/// `10.0.0.0/8` are different values though they span the same range.
public struct CedarAddress: Sendable {
    let storage: Storage

    static let version4BitCount = 32
    static let version6BitCount = 128

    /// An address as 128 bits, of which the older family's stand in the low 32, and how many leading bits are common.
    final class Storage: Sendable {
        let high: UInt64
        let low: UInt64
        let isVersion4: Bool
        let prefixBitCount: Int

        init(high: UInt64, low: UInt64, isVersion4: Bool, prefixBitCount: Int) {
            self.high = high
            self.low = low
            self.isVersion4 = isVersion4
            self.prefixBitCount = prefixBitCount
        }

        func isSame(as other: Storage) -> Bool {
            high == other.high && low == other.low && isVersion4 == other.isVersion4
                && prefixBitCount == other.prefixBitCount
        }

        var hash: Int {
            var hasher = Hasher()
            hasher.combine(high)
            hasher.combine(low)
            hasher.combine(isVersion4)
            hasher.combine(prefixBitCount)
            return hasher.finalize()
        }
    }

    init(storage: Storage) { self.storage = storage }

    var high: UInt64 { storage.high }
    var low: UInt64 { storage.low }
    var isVersion4: Bool { storage.isVersion4 }
    var prefixBitCount: Int { storage.prefixBitCount }

    /// Reads the written form; nil where it is another form, a zone or a dotted part in a colon address included.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let address = rest.removePrefix { $0 != UInt8(ascii: "/") }
        let bits: (high: UInt64, low: UInt64)
        let isVersion4: Bool
        if let octets = Self.version4(address) {
            (bits, isVersion4) = ((0, octets), true)
        } else if let groups = Self.version6(address) {
            (bits, isVersion4) = (groups, false)
        } else {
            return nil
        }
        let bitCount = isVersion4 ? Self.version4BitCount : Self.version6BitCount
        var prefixBitCount = bitCount
        if rest.removeFirst(if: UInt8(ascii: "/")) {
            guard let prefix = Self.number(rest, maximum: UInt64(bitCount)) else { return nil }
            prefixBitCount = Int(prefix)
        }
        storage = Storage(high: bits.high, low: bits.low, isVersion4: isVersion4, prefixBitCount: prefixBitCount)
    }

    /// True when every address of this range is in the other; false across families.
    func isInRange(_ other: CedarAddress) -> Bool {
        guard isVersion4 == other.isVersion4, prefixBitCount >= other.prefixBitCount else { return false }
        let common = other.prefixBitCount + (isVersion4 ? Self.version6BitCount - Self.version4BitCount : 0)
        // Swift's smart shifts give zero for a shift by the whole width, which is the mask of no bits.
        let highMask = common >= 64 ? UInt64.max : ~(UInt64.max >> UInt64(common))
        let lowMask = common <= 64 ? 0 : ~(UInt64.max >> UInt64(common - 64))
        return (high ^ other.high) & highMask == 0 && (low ^ other.low) & lowMask == 0
    }

    /// True when every address of the range is the machine's own: 127.0.0.0/8, `::1`.
    var isLoopback: Bool {
        isVersion4
            ? low >> 24 == 127 && prefixBitCount >= 8
            : high == 0 && low == 1 && prefixBitCount == Self.version6BitCount
    }

    /// True when every address of the range is a multicast one: 224.0.0.0/4, ff00::/8.
    var isMulticast: Bool {
        isVersion4 ? low >> 28 == 0xE && prefixBitCount >= 4 : high >> 56 == 0xFF && prefixBitCount >= 8
    }

    private static func version4(_ text: Substring.UTF8View) -> UInt64? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt64 = 0
        for part in parts {
            guard let octet = number(part, maximum: 255) else { return nil }
            address = address << 8 | octet
        }
        return address
    }

    /// Eight groups, of which one run of at least one zero group may be written `::`.
    private static func version6(_ text: Substring.UTF8View) -> (high: UInt64, low: UInt64)? {
        let bytes = Array(text)
        let colons = bytes.indices.dropLast().first {
            bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: ":")
        }
        let groups: [UInt64]
        if let colons {
            guard let head = groupsOf(bytes[..<colons]), let tail = groupsOf(bytes[(colons + 2)...]),
                head.count + tail.count < 8
            else { return nil }
            groups = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        } else {
            guard let all = groupsOf(bytes[...]), all.count == 8 else { return nil }
            groups = all
        }
        return (groups[..<4].reduce(0) { $0 << 16 | $1 }, groups[4...].reduce(0) { $0 << 16 | $1 })
    }

    private static func groupsOf(_ bytes: ArraySlice<UInt8>) -> [UInt64]? {
        guard !bytes.isEmpty else { return [] }
        var groups: [UInt64] = []
        for part in bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            guard (1...4).contains(part.count) else { return nil }
            var group: UInt64 = 0
            for byte in part {
                guard let digit = byte.hexDigitValue else { return nil }
                group = group << 4 | UInt64(digit)
            }
            groups.append(group)
        }
        return groups
    }

    /// One to three decimal digits without a leading zero.
    private static func number(_ text: Substring.UTF8View, maximum: UInt64) -> UInt64? {
        guard (1...3).contains(text.count), text.allSatisfy(\.isDigit),
            text.count == 1 || text.first != UInt8(ascii: "0")
        else { return nil }
        let value = text.reduce(0 as UInt64) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
        return value <= maximum ? value : nil
    }
}

extension CedarAddress: Hashable {
    /// True when address and prefix are the same.
    public static func == (left: CedarAddress, right: CedarAddress) -> Bool { left.storage.isSame(as: right.storage) }

    /// Feeds the address's hash to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}
