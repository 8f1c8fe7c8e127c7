/// What the auditor's tool demands of each entry beyond the tree: the canonical opening, its own number, and a time
/// that does not run backwards.
///
/// `{"v":1,"seq":N,"t":"2026-01-01T00:00:00.000Z",` … `}`, printable ASCII without line feed. What follows the time is
/// the vault's business; the tree keeps it unchanged, whatever it is.
struct EntryShape {
    private static let afterTime = Array("\",".utf8)

    /// What is wrong with the first entry that is wrong; entries after it are not looked at.
    private(set) var problem: String?
    /// The first entry's time.
    private(set) var firstTime: EntryTime?
    /// The last entry's time.
    private(set) var lastTime: EntryTime?

    /// Looks at the next entry.
    mutating func take(_ entry: [UInt8], at index: UInt64) {
        guard problem == nil else { return }
        guard let time = Self.time(of: entry, at: index) else {
            problem = "entry \(index) does not open as entry \(index) of an access log must"
            return
        }
        if let lastTime, time < lastTime {
            problem = "entry \(index) is dated \(time), before entry \(index - 1), dated \(lastTime)"
            return
        }
        firstTime = firstTime ?? time
        lastTime = time
    }

    /// The entry's time, or `nil` where the entry does not open canonically with this number.
    private static func time(of entry: [UInt8], at index: UInt64) -> EntryTime? {
        let opening = "{\"v\":1,\"seq\":\(index),\"t\":\"".utf8
        guard entry.starts(with: opening), entry.last == UInt8(ascii: "}") else { return nil }
        guard entry.allSatisfy({ UInt8(ascii: " ")...UInt8(ascii: "~") ~= $0 }) else { return nil }
        let rest = entry.dropFirst(opening.count)
        guard rest.dropFirst(EntryTime.byteCount).starts(with: afterTime) else { return nil }
        return EntryTime(rest.prefix(EntryTime.byteCount))
    }
}
