public import Foundation
public import WorkingDays

/// A national return as the vault takes it: one child at a time, in two sealed parts, whatever the format was.
public struct ReturnIntake: Sendable {
    /// One child of the return.
    public struct Child: Sendable {
        /// The return's own identifier of the child.
        public var identifier: String
        /// The date of birth, if the return says a valid one.
        public var born: Day?
        /// Other identifiers the child may be found by.
        public var otherIdentifiers: [String]
        /// What lies on the care record.
        public var care: Data
        /// What lies on the sealed side; nil if there is nothing.
        public var sealed: Data?
        /// Whether an adoption record is opened for the child.
        public var opensAdoption: Bool
        /// The day of the order, if the return says one that may be acted on.
        public var orderOn: Day?
        /// What is held for a person, one line each; such a child changes no stage.
        public var held: [String]
        /// Whether the child has a row of its own; without one its rows are held and no record is opened.
        public var isHeaded: Bool

        /// Takes one child.
        public init(
            identifier: String, born: Day?, otherIdentifiers: [String], care: Data, sealed: Data?, opensAdoption: Bool,
            orderOn: Day?, held: [String], isHeaded: Bool
        ) {
            self.identifier = identifier
            self.born = born
            self.otherIdentifiers = otherIdentifiers
            self.care = care
            self.sealed = sealed
            self.opensAdoption = opensAdoption
            self.orderOn = orderOn
            self.held = held
            self.isHeaded = isHeaded
        }
    }

    /// The children, in any order.
    public var children: [Child]
    /// What is needed to write the return back file by file.
    public var frame: Data

    /// Takes a return.
    public init(children: [Child], frame: Data) {
        self.children = children
        self.frame = frame
    }
}

/// What taking a return changed.
public struct IntakeResult: Sendable, Codable, Hashable {
    /// Care records opened.
    public var careOpened = 0
    /// Care records whose rows changed.
    public var careUpdated = 0
    /// Adoption records opened.
    public var adoptionOpened = 0
    /// Adoption records whose rows changed.
    public var adoptionUpdated = 0
    /// Children whose records now await closure.
    public var awaitingClosure = 0
    /// Children with something newly held.
    public var held = 0
    /// Children recognised as closed: their rows are held, and nothing is said of whose they are.
    public var recognisedClosed = 0
    /// Children for whom nothing changed.
    public var unchanged = 0

    /// Whether the vault is as it was before.
    public var isNothing: Bool {
        careOpened + careUpdated + adoptionOpened + adoptionUpdated + awaitingClosure + held + recognisedClosed == 0
    }
}

/// One child's kept parts, for writing the return back.
public struct KeptChild: Sendable {
    /// The return's own identifier of the child.
    public let identifier: String
    /// What lay on the care record.
    public let care: Data
    /// What lay on the sealed side.
    public let sealed: Data?
}

/// One line that waits for a person.
public struct HeldLine: Sendable, Codable {
    /// The care record's reference, if there is one.
    public let reference: String?
    /// The return's own identifier of the child.
    public let identifier: String
    /// What waits for a person.
    public let what: String
}

extension Session {
    /// Takes a return: each child a care record, a valid adoption fact an adoption record of the office's, everything
    /// contradictory held. One transaction: a fault leaves nothing of it.
    public func takeReturn(
        _ intake: ReturnIntake, team: String? = nil, progress: (Int) -> Void = { _ in }
    ) throws -> Outcome<IntakeResult> {
        try write(Ask(.importReturn, on: .vault)) { passage in
            try ReturnTaking(passage: passage, team: team).run(intake, progress: progress)
        }
    }

    /// Gives back what was kept of the return, for an export.
    public func keptReturn() throws -> Outcome<(frame: Data, children: [KeptChild])> {
        try read(Ask(.exportReturn, on: .vault)) { passage in
            let kept = ReturnKeeping(passage: passage)
            guard let frame = try kept.frame() else {
                throw VaultFault.unusable("no return was imported yet", hint: "see `strongroom import ssda903`")
            }
            return (frame, try kept.children())
        }
    }

    /// Lists what an import held for a person.
    public func heldRows() throws -> Outcome<[HeldLine]> {
        try read(Ask(.heldShow, on: .vault)) { try ReturnKeeping(passage: $0).held() }
    }
}
