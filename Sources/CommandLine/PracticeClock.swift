import Foundation
import Strongroom

/// The time a practice vault is told; every other vault goes by the machine's clock.
enum PracticeClock {
    /// The clock to open a vault with.
    ///
    /// - Throws: ``Misuse`` if the environment sets a time outside practice, or one that cannot be read.
    static func clock(at desk: Desk, isPractice: Bool) throws -> VaultClock {
        guard let written = desk.variable(.clock) else { return .system }
        guard isPractice else {
            throw Misuse(message: "STRONGROOM_CLOCK is set, and this is no practice vault", hint: "unset it")
        }
        guard let milliseconds = milliseconds(written) else {
            throw Misuse(
                message: "STRONGROOM_CLOCK is no time in UTC: `\(written.printable)`",
                hint: "write it like 2026-05-01T09:00:00Z")
        }
        return VaultClock { milliseconds }
    }

    /// Milliseconds since 1970 of a time written `2026-05-01T09:00:00Z`.
    static func milliseconds(_ written: String) -> Int64? {
        guard let date = try? Date(written, strategy: .iso8601) else { return nil }
        return Int64(date.timeIntervalSince1970 * 1000)
    }
}
