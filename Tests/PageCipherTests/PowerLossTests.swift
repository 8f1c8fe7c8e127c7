import CPowerLossDisk
import Testing

@Suite(.serialized) struct PageCipherPowerLossTests {
    @Test(arguments: Workload.full.indices)
    func `no acknowledged commit is lost, and no store is left that cannot be opened`(index: Int) throws {
        let workload = Workload.full[index]
        try PowerLoss.lent {
            let cipher = Cipher(base: PowerLoss.disk)
            let problems = try PowerLoss.problems(workload, seeds: seeds(20), on: cipher.name)
            #expect(problems == [], "\(workload.mode)")
            if isSoaking {
                print("power loss, \(workload.mode), \(workload.settings): \(problems.count) bad of \(seeds(20).count)")
            }
        }
    }

    @Test(.enabled(if: isSoaking, "NORMAL is compared with plain SQLite by scripts/soak"))
    func `synchronous NORMAL is no worse than without the cipher`() throws {
        try PowerLoss.lent {
            let cipher = Cipher(base: PowerLoss.disk)
            for workload in Workload.normal {
                let sealed = try PowerLoss.problems(workload, seeds: seeds(20), on: cipher.name)
                let plain = try PowerLoss.problems(workload, seeds: seeds(20), on: PowerLoss.disk)
                let counts = "\(sealed.count) sealed, \(plain.count) plain of \(seeds(20).count)"
                print("power loss, \(workload.mode) NORMAL: \(counts)")
                // The content is random, so the two do not meet the same cuts.
                #expect(sealed.count <= plain.count + max(3, plain.count / 2), "\(workload.mode): \(sealed)")
                #expect(sealed.filter { $0.contains("8202") } == [])
            }
        }
    }

    @Test func `a store that was being made when the power went opens, or is not there`() throws {
        try PowerLoss.lent { () throws -> Void in
            let cipher = Cipher(base: PowerLoss.disk)
            for seed in seeds(60) {
                power_loss_release()
                power_loss_acquire()
                power_loss_after(CInt(1 + seed % 30))
                let isMade = failure { try Workload.full[0].make(on: cipher.name) } == nil && power_loss_struck() == 0
                power_loss_restore(UInt64(seed))
                power_loss_after(0)
                let store = try Connection(PowerLoss.path, on: cipher)
                let tables = try store.text("SELECT count(*) FROM sqlite_schema")
                #expect(tables == "3" || (!isMade && tables == "0"), "seed \(seed)")
                let check = try store.text("PRAGMA integrity_check")
                #expect(check == "ok")
            }
        }
    }

    @Test func `a transaction over two stores is there in both or in neither`() throws {
        try PowerLoss.lent { () throws -> Void in
            let pair = StorePair(cipher: Cipher(base: PowerLoss.disk))
            try pair.make()
            try pair.change()
            let acts = Int(power_loss_acts())
            var random = SeededRandom(seed: 4)
            var states: Set<String> = []
            for seed in seeds(60) {
                power_loss_release()
                power_loss_acquire()
                try pair.make()
                power_loss_after(CInt(Int.random(in: 1...acts + 2, using: &random)))
                _ = failure { try pair.change() }
                power_loss_restore(UInt64(seed))
                power_loss_after(0)
                let state = try pair.state()
                #expect(state == "0|0|ok" || state == "1,1|1,1|ok", "seed \(seed)")
                states.insert(state)
            }
            #expect(states.count == 2)
        }
    }

    @Test func `the simulator loses what was not synced`() throws {
        try PowerLoss.lent {
            let workload = Workload(mode: "WAL", settings: "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 12")
            let problems = try PowerLoss.problems(workload, seeds: 1..<40, on: PowerLoss.disk)
            #expect(problems != [])
        }
    }
}
