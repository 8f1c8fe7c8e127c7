import CPageCipherTesting
import Foundation
import Testing

/// No sanitiser sees memory that is mapped and locked, so what of it is still there is asked of the kernel; in a process
/// of its own, as the tests beside this one lock memory too.
struct LockedMemoryTests {
    @Test(.disabled(if: isSanitised, "the address sanitiser makes mlock do nothing"))
    func `keys lie in locked memory, and all of it is given back`() async {
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            func use(_ count: Int) throws {
                for _ in 0..<count {
                    let cipher = Cipher()
                    defer { withExtendedLifetime(cipher) {} }
                    let store = try Connection(directory.path(), on: cipher.name)
                    try store.run("CREATE TABLE IF NOT EXISTS t (body BLOB); INSERT INTO t VALUES (randomblob(9000))")
                }
            }
            // Nonces are drawn from a page that stays.
            try use(1)
            let before = try lockedKilobytes()
            #expect(before > 0)
            try use(20)
            #expect(try lockedKilobytes() == before)
            let cipher = Cipher()
            #expect(try lockedKilobytes() > before)
            withExtendedLifetime(cipher) {}
        }
    }
}

private let isSanitised = ProcessInfo.processInfo.environment["SANITIZE"] != nil

private func lockedKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmLck:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? -1
}
