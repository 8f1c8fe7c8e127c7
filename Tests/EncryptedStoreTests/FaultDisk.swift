import CFaultDisk

/// The disk that fails on purpose, lent to one test at a time.
struct FaultDisk {
    static let name = "fault-disk"

    enum Kind: UInt32, CaseIterable {
        case read, write, sync, truncate, open, delete, full, shortWrite, any
    }

    static func lent<T>(_ body: (FaultDisk) throws -> T) rethrows -> T {
        precondition(fault_disk_register() == 0, "SQLite knows no disk `unix-excl`")
        fault_disk_acquire()
        defer { fault_disk_release() }
        return try body(FaultDisk())
    }

    func arm(_ kind: Kind, nth: Int, persistent: Bool = false) {
        fault_disk_arm(fault_disk_kind(kind.rawValue), CInt(nth), persistent ? 1 : 0)
    }

    func disarm() {
        fault_disk_disarm()
    }

    func count(_ kind: Kind) -> Int {
        Int(fault_disk_count(fault_disk_kind(kind.rawValue)))
    }

    var hasStruck: Bool {
        fault_disk_struck() > 0
    }
}
