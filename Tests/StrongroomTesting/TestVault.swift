public import Adoption
public import Foundation
public import Sealing
public import Strongroom
import WorkingDays

/// A clock that stands still until a test moves it.
public final class SettableClock: @unchecked Sendable {
    private let lock = NSLock()
    private var milliseconds: Int64

    /// Stands at noon, UTC, of a day.
    public init(at day: String = "2026-01-05") {
        milliseconds = Self.noon(of: day)
    }

    /// The clock as the vault takes it.
    public var clock: VaultClock { VaultClock { self.now } }

    /// Milliseconds since 1970.
    public var now: Int64 { lock.withLock { milliseconds } }

    /// Moves to noon of a day, forwards or back.
    public func set(_ day: String) { lock.withLock { milliseconds = Self.noon(of: day) } }

    /// Moves by seconds, forwards or back.
    public func advance(seconds: Int64) { lock.withLock { milliseconds += seconds * 1000 } }

    private static func noon(of day: String) -> Int64 {
        Int64(Day("1970-01-01")!.days(until: Day(day)!)) * 86_400_000 + 43_200_000
    }
}

/// A practice vault in a temporary folder, with the people of the procedures, for tests through the public door.
public final class TestVault {
    /// The people every test vault starts with, by short name, and their roles.
    public static let people: [(handle: String, roles: [String])] = [
        ("asha", ["social-worker"]), ("morgan", ["team-manager"]), ("tariq", ["team-administrator"]),
        ("wyn", ["adopters-social-worker"]), ("rhian", ["reviewing-officer"]), ("audrey", ["auditor"]),
        ("keir", ["archive-keeper"]), ("oona", ["general-authority"]), ("ben", ["social-worker"]),
    ]

    /// Where the vault lies.
    public let directory: URL
    /// The clock every session reads.
    public let clock: SettableClock
    /// The founder's identity.
    public let administrator: Identity
    /// Every identity made so far, by short name.
    public private(set) var identities: [String: Identity] = [:]
    /// The vault's identifier.
    public let vaultID: String
    /// The root fingerprint.
    public let root: Data
    /// The access log's public key.
    public let logKey: String

    /// Makes the vault and adds everybody.
    public init(disk: String? = nil, clock: SettableClock = SettableClock(), people: Bool = true) throws {
        self.clock = clock
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("strongroom-\(UUID().uuidString)")
        var administrator = Identity()
        let created = try Vault.create(
            at: directory, founder: administrator, handle: "admin", team: "children", practice: true,
            policies: Self.policies, clock: clock.clock, disk: disk)
        vaultID = created.vaultID
        root = created.rootFingerprint
        logKey = created.logKey
        administrator.pinnedRoots[created.vaultID] = created.rootFingerprint
        self.administrator = administrator
        identities["admin"] = administrator
        guard people else { return }
        let session = try open("admin", disk: disk)
        for (handle, roles) in Self.people {
            _ = try session.addStaff(handle, card: identity(handle).card, roles: roles).done()
        }
        try session.close()
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
        try? FileManager.default.removeItem(at: directory.appendingPathExtension("files"))
    }

    /// The repository's own policy profile.
    public static var policies: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("policies")
    }

    /// A person's identity, made on first use, with the root pinned.
    public func identity(_ handle: String) -> Identity {
        if let known = identities[handle] { return known }
        var identity = Identity()
        identity.pinnedRoots[vaultID] = root
        identities[handle] = identity
        return identity
    }

    /// Gives a person another identity, as after a loss.
    public func replaceIdentity(_ handle: String) -> Identity {
        identities[handle] = nil
        return identity(handle)
    }

    /// Opens the vault for one person. One session at a time.
    public func open(_ handle: String, disk: String? = nil, confirmClock: Bool = true) throws -> Session {
        try Vault.open(
            at: directory, identity: identity(handle), clock: clock.clock, confirmClock: confirmClock, disk: disk)
    }

    /// Opens the vault for one person, does something, and closes it.
    @discardableResult
    public func with<Answer>(_ handle: String, _ body: (Session) throws -> Answer) throws -> Answer {
        let session = try open(handle)
        defer { try? session.close() }
        return try body(session)
    }

    /// Derives everything again; empty if the vault is sound.
    public func problems() throws -> [String] {
        try with("admin") { try $0.check().done().problems }
    }

    // MARK: the life of a record, step by step

    /// A care record of a child, with `asha` as key worker and `morgan` as manager.
    public func openCare(_ given: String = "Robin", _ family: String = "Hale", by handle: String = "asha") throws
        -> String
    {
        try with(handle) {
            try $0.openCare(
                CareOpening(
                    particulars: Particulars(given: given, family: family, born: Day("2023-04-05")!), keyWorker: "asha",
                    manager: "morgan")
            ).done()
        }
    }

    /// An adoption record beside a care record, with `asha`, `morgan` and `wyn` let in, and the plan recorded.
    public func openAdoption(of care: String, decision: Bool = true) throws -> String {
        let today = clock.clock.now()
        let day = Day(inLondonAt: today / 1000)
        _ = try with("asha") { try $0.notifyIntention(care, forum: .review, on: day).done() }
        let pin = try with("admin") { session in
            let pin = try session.createAdoption(care, decisionOn: decision ? day : nil).done().pin
            for member in ["asha", "morgan", "wyn"] {
                try session.grant(pin, to: member, reason: "joined the case").done()
            }
            return pin
        }
        _ = try with("asha") { try $0.recordPlan(care, type: .permanence, aim: .adoption).done() }
        return pin
    }

    /// A file with this content in the vault's temporary folder's neighbour, removed with it.
    public func file(_ name: String, _ content: Data) throws -> URL {
        let folder = directory.appendingPathExtension("files")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try content.write(to: file)
        return file
    }

    /// Every expected document excused, for closing without paperwork.
    public func excuses(_ session: Session, _ care: String) throws -> [String: String] {
        let missing = try session.audit(care).done().missing
        return Dictionary(uniqueKeysWithValues: missing.map { ($0.kind, "none in a practice case") })
    }

    /// Order, audit and closing of both records.
    public func close(_ care: String) throws {
        let day = Day(inLondonAt: clock.now / 1000)
        try with("asha") { session in
            _ = try session.recordOrder(care, on: day).done()
            _ = try session.audit(care, excuses: excuses(session, care), sign: true).done()
            _ = try session.close(care).done()
        }
    }
}

/// An outcome that was not the one a test wanted.
public struct UnexpectedOutcome: Error, CustomStringConvertible {
    /// What came instead.
    public let description: String

    /// An error that says what came instead.
    public init(description: String) { self.description = description }
}

extension Outcome {
    /// The answer, or an error that says what came instead.
    @discardableResult
    public func done() throws -> Answer {
        switch self {
        case .done(let answer): return answer
        case .denied: throw UnexpectedOutcome(description: "denied")
        case .refused(let refusal): throw UnexpectedOutcome(description: "refused: \(refusal.kind.rawValue)")
        }
    }

    /// Whether policy said no.
    public var isDenied: Bool { if case .denied = self { true } else { false } }

    /// The rule that refused, if one did.
    public var refusal: Refusal.Kind? { if case .refused(let refusal) = self { refusal.kind } else { nil } }
}
