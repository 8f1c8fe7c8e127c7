import CFaultDisk

/// The disk that fails on purpose, lent to one test at a time.
public struct FailingDisk {
    /// The name to open a vault on it by.
    public static let name = "fault-disk"

    /// What is asked of a disk.
    public enum Kind: UInt32, Sendable, CaseIterable {
        case write = 1
        case sync = 2
    }

    /// Lends the disk out; everything that opens a vault on it must end within `body`.
    public static func lent<Answer>(_ body: (FailingDisk) throws -> Answer) rethrows -> Answer {
        precondition(fault_disk_register() == 0, "SQLite knows no disk `unix-excl`")
        fault_disk_acquire()
        defer { fault_disk_release() }
        return try body(FailingDisk())
    }

    /// Lets the n-th act of a kind fail, the first being 1; if persistent, all after it too.
    public func arm(_ kind: Kind, nth: Int, persistent: Bool = false) {
        fault_disk_arm(fault_disk_kind(kind.rawValue), CInt(nth), persistent ? 1 : 0)
    }

    /// Lets everything through again.
    public func disarm() { fault_disk_disarm() }

    /// Whether the armed fault has struck.
    public var hasStruck: Bool { fault_disk_struck() > 0 }
}
