import Foundation
import WorkingDays

/// Where the time comes from. The vault never asks the system itself.
public struct VaultClock: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let now: @Sendable () -> Int64

    /// Makes a clock out of a function that answers in milliseconds since 1970, UTC.
    public init(now: @escaping @Sendable () -> Int64) {
        self.now = now
    }

    /// The machine's own clock.
    public static let system = VaultClock { Int64(Date().timeIntervalSince1970 * 1000) }
}

/// Vault time: the later of the clock and the last entry's time, in milliseconds since 1970, UTC.
///
/// It never runs backwards, so what has expired stays expired whatever is done to the machine's clock.
struct VaultTime: Hashable, Comparable {
    static let toleratedLagMilliseconds: Int64 = 5 * 60 * 1000
    /// A silence longer than this needs a person's word before the vault believes the clock.
    static let heartbeatMilliseconds: Int64 = 7 * dayMilliseconds
    private static let dayMilliseconds: Int64 = 24 * 60 * 60 * 1000

    let milliseconds: Int64

    /// - Returns: vault time, and whether it leapt and rests on a person's word, which is then to be logged.
    /// - Throws: ``VaultFault/clockBehind(seconds:)`` or ``VaultFault/clockAhead(days:)``, before anything is decided.
    static func reading(
        _ clock: VaultClock, lastEntry: Int64?, confirmed: Bool
    ) throws -> (time: VaultTime, hasLeapt: Bool) {
        let now = clock.now()
        guard let lastEntry else { return (VaultTime(milliseconds: now), false) }
        if now < lastEntry - toleratedLagMilliseconds {
            throw VaultFault.clockBehind(seconds: (lastEntry - now) / 1000)
        }
        let hasLeapt = now > lastEntry + heartbeatMilliseconds
        if hasLeapt, !confirmed { throw VaultFault.clockAhead(days: (now - lastEntry) / dayMilliseconds) }
        return (VaultTime(milliseconds: max(now, lastEntry)), hasLeapt)
    }

    /// The civil day in London.
    var day: Day { Day(inLondonAt: milliseconds.quotientRoundedDown(by: 1000)) }

    /// `2026-05-01T09:30:00.000Z`.
    var text: String {
        let seconds = milliseconds.quotientRoundedDown(by: 1000)
        let dayNumber = seconds.quotientRoundedDown(by: 86_400)
        let clock = seconds - dayNumber * 86_400
        let day = VaultTime.epoch.adding(days: Int(dayNumber))
        return "\(day)T\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))."
            + three(milliseconds - seconds * 1000) + "Z"
    }

    /// Reads the form that ``text`` writes.
    init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[23] == UInt8(ascii: "Z"),
            let day = Day(String(text.prefix(10))),
            let hours = Int64(text.dropFirst(11).prefix(2)), let minutes = Int64(text.dropFirst(14).prefix(2)),
            let seconds = Int64(text.dropFirst(17).prefix(2)), let rest = Int64(text.dropFirst(20).prefix(3))
        else { return nil }
        let days = Int64(VaultTime.epoch.days(until: day))
        milliseconds = ((days * 86_400) + hours * 3600 + minutes * 60 + seconds) * 1000 + rest
    }

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    static func < (earlier: VaultTime, later: VaultTime) -> Bool { earlier.milliseconds < later.milliseconds }

    private static let epoch = Day("1970-01-01")!

    private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private func three(_ number: Int64) -> String { String(String(number + 1000).dropFirst()) }
}

extension Int64 {
    fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
