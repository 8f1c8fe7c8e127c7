import CFaultDisk
import Testing

/// A disk that fails, at every point of a store's work in turn: no acknowledged commit is lost, no wrong row is read,
/// and the store opens again.
@Suite(.serialized) struct PageCipherFaultTests {
    /// At every point by `scripts/soak page-cipher-fault-tests --seed 1 --count 1`, at some of them otherwise.
    private static let step = isSoaking ? 1 : 50

    @Test(arguments: FaultyWork.all.indices)
    func `nothing acknowledged is lost to a failing disk, and nothing wrong is read`(index: Int) throws {
        let work = FaultyWork.all[index]
        precondition(fault_disk_register() == 0)
        fault_disk_acquire()
        defer { fault_disk_release() }
        let cipher = Cipher(base: "fault-disk")
        let directory = try TemporaryDirectory()
        let open = { try Connection(directory.path(), on: cipher) }
        try work.make(open())
        let begin = try directory.bytes()
        fault_disk_arm(FAULT_DISK_ANY, 0, 0)
        let undisturbed = work.run(open)
        try #require(undisturbed.acknowledged == 6 && undisturbed.problems == [])
        let counts = Fault.kinds.map { Int(fault_disk_count($0)) }
        var tried = 0, struck = 0
        for (kind, count) in zip(Fault.kinds, counts) {
            for nth in stride(from: 1 + tried % Self.step, through: count, by: Self.step) {
                for isPersistent in [false, true] {
                    let fault = Fault(kind: kind, nth: nth, isPersistent: isPersistent)
                    try directory.clear()
                    try directory.put(begin)
                    fault_disk_arm(kind, CInt(nth), isPersistent ? 1 : 0)
                    let answer = work.run(open)
                    struck += fault_disk_struck() > 0 ? 1 : 0
                    fault_disk_disarm()
                    let problem = work.problem(open, after: answer)
                    let problems = answer.problems + [problem].compactMap(\.self)
                    #expect(problems == [], "\(work.mode): \(fault)")
                    tried += 1
                }
            }
        }
        // Faults before others may change what follows; nearly all are met.
        #expect(struck * 10 > tried * 9)
        if isSoaking { print("faults, \(work.mode): \(tried) points, \(struck) struck, of \(counts) acts") }
    }
}
