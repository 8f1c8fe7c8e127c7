import WorkingDays

// When the child was in care.
extension ChildRules {
    static let episodeRules: [@Sendable (JudgedChild) -> [ReturnFinding]] = [
        hasEpisode, oneOpenEpisode, episodeDays, overlaps, nothingInTheFuture,
    ]

    private static func hasEpisode(_ subject: JudgedChild) -> [ReturnFinding] {
        guard subject.episodes.isEmpty, let header = subject.child.rows(of: .header).first else { return [] }
        return [subject.finding(.noEpisode, at: header)]
    }

    private static func oneOpenEpisode(_ subject: JudgedChild) -> [ReturnFinding] {
        let open = subject.episodes.filter { $0.day(.episodeCeased) == nil }
        return open.count > 1 ? [subject.finding(.twoOpenEpisodes, at: open[1])] : []
    }

    private static func episodeDays(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.episodes.compactMap { row in
            guard let ceased = row.day(.episodeCeased) else {
                // An adoption without its day has its own finding, which holds the child.
                let isIncomplete = !row[.reasonEpisodeCeased].isEmpty && !row.endsByAdoption
                return isIncomplete ? subject.finding(.episodeEndIncomplete, at: row) : nil
            }
            if let began = row.day(.episodeBegan), ceased < began {
                return subject.finding(.episodeEndsBeforeItBegins, at: row)
            }
            return row[.reasonEpisodeCeased].isEmpty ? subject.finding(.episodeEndIncomplete, at: row) : nil
        }
    }

    private static func overlaps(_ subject: JudgedChild) -> [ReturnFinding] {
        zip(subject.episodes, subject.episodes.dropFirst()).compactMap { earlier, later in
            guard let ceased = earlier.day(.episodeCeased), let began = later.day(.episodeBegan), began < ceased else {
                return nil
            }
            return subject.finding(.episodesOverlap, at: later)
        }
    }

    /// A review that is planned decides nothing; an episode or a decision to come would.
    private static func nothingInTheFuture(_ subject: JudgedChild) -> [ReturnFinding] {
        let decisive: Set<ReturnTable> = [.header, .episodes, .placedAdoption, .adopters]
        return subject.child.rows.flatMap { row in
            row.table.dateColumns
                // The day an unaccompanied child comes of age stands in the return beforehand.
                .filter { $0 != .unaccompaniedStatusCeased && (row.day($0) ?? subject.today) > subject.today }
                .map {
                    subject.finding(
                        decisive.contains(row.table) ? .dayInFuture : .otherDayInFuture, at: row, column: $0)
                }
        }
    }
}
