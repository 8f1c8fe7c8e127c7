import Foundation
import StrongroomTesting
import Testing

/// What a person was told is so, stays so; what was cut short has not happened. The real program is killed.
@Suite("every command survives kill -9", .serialized)
struct KilledCommandTests {
    private static var seed: UInt64 {
        ProcessInfo.processInfo.environment["STRONGROOM_SOAK_SEED"].flatMap { UInt64($0) } ?? 4
    }
    private static var killCount: Int {
        ProcessInfo.processInfo.environment["STRONGROOM_SOAK_COUNT"].flatMap { Int($0) } ?? 6
    }

    @Test func `a command that is killed has happened or has not, and the vault opens`() throws {
        let vault = try KilledVault()
        guard let program = try KilledProgram(vault: vault.vault, people: ["admin", "asha", vault.stranger]) else {
            return
        }
        let commands: [any KilledCommand] = [
            KilledAdd(vault: vault), KilledImport(), KilledClose(vault: vault), KilledRotation(vault: vault),
            KilledBackup(vault: vault), KilledRenewal(vault: vault), KilledRecovery(vault: vault),
            KilledRestore(vault: vault),
        ]
        for command in commands {
            try KilledRuns(command: command, vault: vault, program: program, seed: Self.seed).run(Self.killCount)
        }
    }
}

/// All runs of one command.
private struct KilledRuns {
    let command: any KilledCommand
    let vault: KilledVault
    let program: KilledProgram
    let seed: UInt64

    func run(_ killCount: Int) throws {
        let untouched = try vault.place()
        let before = try vault.settled(untouched, after: command, "\(command.name), not run")
        let spared = try (0..<2).map { _ in try spare() }
        let after = spared[0].state
        try #require(!after.tellsTheSame(as: before), "\(command.name) shows nothing of what it did")
        #expect(spared[1].state == after)
        var draw = SeededDraw(seed: seed)
        var (killed, unharmed, done) = (0, 0, 0)
        // By what the command needs from its start, and from the sign that it is past unlocking and at work.
        var longest = (run: spared.map(\.ending.milliseconds).max()!, work: spared.map(\.working).max()!)
        while killed < killCount {
            try #require(unharmed <= 20 + 3 * killCount, "\(command.name) ends before it is killed")
            let place = try vault.place()
            defer { try? FileManager.default.removeItem(at: place.folder) }
            let isEarly = killed % 5 == 4
            let delay = Double.random(in: 0...(isEarly ? longest.run : longest.work), using: &draw)
            let ending = try program.run(
                command.words(in: place), as: command.person, in: place.vault, killedAfter: delay,
                once: isEarly ? nil : command.sign(in: place))
            let isDone = try expectBeforeOrAfter(
                place, ending, before: before, after: after, "\(command.name), killed after \(delay) ms, \(ending.said)"
            )
            if isDone { done += 1 }
            if ending.exitCode == nil {
                killed += 1
            } else {
                // The machine is quicker than it was: later kills come sooner.
                unharmed += 1
                if isEarly { longest.run *= 0.9 } else { longest.work *= 0.9 }
            }
        }
        print(
            "killed \(command.name) \(killed) times, \(unharmed) runs ended before: \(done) done, "
                + "\(killed + unharmed - done) not done")
        try? FileManager.default.removeItem(at: untouched.folder)
    }

    /// - Returns: whether the command has happened.
    private func expectBeforeOrAfter(
        _ place: KilledPlace, _ ending: KilledProgram.Ending, before: KilledVault.State, after: KilledVault.State,
        _ moment: Comment
    ) throws -> Bool {
        let state = try vault.settled(place, after: command, moment)
        let isDone = state.tellsTheSame(as: after)
        #expect(isDone || state.tellsTheSame(as: before), "\(state), neither \(before) nor \(after), \(moment)")
        #expect(isDone ? state.logged == after.logged : state.logged >= before.logged, "\(state), \(moment)")
        // What was told is so, even if the kill came in the middle of telling; and nothing else ends it otherwise.
        let told = ending.said.replacing("practice vault", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(told.isEmpty || isDone, moment)
        if let code = ending.exitCode { #expect(code == 0 && isDone, moment) }
        return isDone
    }

    private struct Spared {
        let ending: KilledProgram.Ending
        let state: KilledVault.State
        /// From the sign that work had begun to the end.
        var working: Double { ending.milliseconds - (ending.begun ?? 0) }
    }

    /// A run to the end.
    private func spare() throws -> Spared {
        let place = try vault.place()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let ending = try program.run(
            command.words(in: place), as: command.person, in: place.vault, once: command.sign(in: place))
        try #require(ending.exitCode == 0 && ending.begun != nil, "\(command.name): \(ending.said)")
        return Spared(ending: ending, state: try vault.settled(place, after: command, "\(command.name), spared"))
    }
}
