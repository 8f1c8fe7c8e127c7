import Adoption
public import Foundation
public import Strongroom
import WorkingDays

/// What importing a return found and changed.
public struct ImportReport: Sendable {
    /// What the return contains and what was found in it, counted.
    public let report: ReturnReport
    /// What changed in the vault.
    public let result: IntakeResult
    /// Files that were set aside for a file named with `--use`.
    public let setAside: [String]
}

extension Session {
    /// Imports a folder of SSDA903 tables.
    ///
    /// Nothing is kept unless all of it is: a file that is broken, doubtful or changing refuses the whole return.
    ///
    /// - Parameters:
    ///   - use: the file to take where two files hold the same table.
    ///   - progress: called with how many children of how many are taken.
    /// - Throws: ``ReturnFault`` naming file, line and column, never a value; faults of the vault.
    public func importReturn(
        at directory: URL, use: [String] = [], team: String? = nil, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> Outcome<ImportReport> {
        let read = try ReturnFolder.read(directory, use: use)
        let judged = read.judged(on: try today())
        let intake = try ReturnIntake(
            children: read.children.enumerated().map { try ReturnIntake.Child($1, at: $0, judged, read.frame) },
            frame: read.frame.encoded())
        return try takeReturn(intake, team: team) { progress($0, intake.children.count) }.map {
            ImportReport(report: ReturnReport(of: read, judged: judged), result: $0, setAside: read.setAside)
        }
    }

    /// Writes back what was imported, row for row, as new files in a folder.
    ///
    /// - Returns: the number of children written.
    public func exportReturn(to directory: URL) throws -> Outcome<Int> {
        try keptReturn().map { kept in
            var export = ReturnExport(frame: try ReturnFrame(encoded: kept.frame))
            for child in kept.children {
                let care = try CareSide(encoded: child.care)
                let sealed = try child.sealed.map { try SealedSide(encoded: $0) }
                export.add(try ReturnSides(care: care, sealed: sealed ?? .none(of: care)).joined())
            }
            try export.write(to: directory)
            return kept.children.count
        }
    }
}

extension SealedSide {
    /// The sealed side of a child who has none.
    static func none(of care: CareSide) -> SealedSide {
        SealedSide(identifier: care.identifier, rows: [], values: [])
    }
}

extension ReturnIntake.Child {
    init(_ child: ReturnChild, at index: Int, _ judged: ReturnJudgement, _ frame: ReturnFrame) throws {
        let sides = ReturnSides(of: child)
        let header = child.rows(of: .header).first
        let journey = ImportedRecord(
            hasAdoptionFact: !judged.journeys[index].facts.isEmpty, orderOn: judged.stage(of: index).orderDay,
            isContradictory: judged.heldChildren.contains(index))
        var held = judged.findings(of: index).filter { $0.severity == .held }.map { $0.sentence(in: frame) }
        if case .reversed = judged.stage(of: index) {
            held.append("the decision has ceased: the four acts of a reversal are people's")
        }
        self.init(
            identifier: child.identifier, born: header?.day(.dateOfBirth),
            otherIdentifiers: [header?[.uniquePupilNumber] ?? ""],
            care: try sides.care.encoded(), sealed: sides.sealed.isEmpty ? nil : try sides.sealed.encoded(),
            opensAdoption: journey.adoptionStage != nil && held.isEmpty, orderOn: journey.actionableOrderOn, held: held,
            isHeaded: child.isInHeader)
    }
}

extension ImportStage {
    fileprivate var orderDay: WorkingDays.Day? {
        if case .awaitingClosure(let day) = self { day } else { nil }
    }
}
