import Foundation

/// What something took, in seconds.
struct Time {
    var wall = 0.0
    /// Of this process: other work on the machine does not count.
    var processor = 0.0

    static func of<T>(_ body: () throws -> T) rethrows -> (answer: T, time: Time) {
        let before = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
        let answer = try body()
        let after = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
        return (answer, Time(wall: after.0 - before.0, processor: after.1 - before.1))
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
