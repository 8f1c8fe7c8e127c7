/// Judges a text before it goes on the care record, which anyone with the appropriate authority reads (R8, R12).
///
/// Knows only shapes: the reference of a secure record, a line labelled as a placement's or carer's detail, a postcode. A
/// name or an address without its postcode passes. Holding texts against the child's own registered terms is the leak
/// guard's work; this is what can be refused without knowing anything of the child.
public enum CareText {
    /// The refusal of a text that must not stand on the care record; nil when no shape is found.
    ///
    /// - Parameter hasAdoptionRecord: whether the child has a current adoption record. Without one there is no placement
    ///   to betray, and a postcode (the birth family's) may stand.
    public static func judge(_ text: String, hasAdoptionRecord: Bool = true) -> Refusal? {
        if namesSecureRecord(text) { return Refusal(.namesSecureRecord) }
        guard hasAdoptionRecord else { return nil }
        if namesPlacement(text) || holdsPostcode(text) { return Refusal(.namesPlacement) }
        return nil
    }

    /// Words that, before a colon at the head of a line, announce a detail of the placement or of an identity to come.
    static let placementLabels: Set<String> = [
        "adopter", "adopters", "adoptive family", "adoptive parents", "carer", "carers", "carer name", "carer address",
        "carers name", "carers address", "adopters name", "adopters address", "foster carer", "foster carers",
        "prospective adopter", "prospective adopters", "placement address", "placement postcode", "placed with",
        "new name", "new surname", "new address", "new school",
    ]

    private static func namesPlacement(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            guard let colon = line.firstIndex(of: ":") else { return false }
            let words = line[..<colon].lowercased().filter { $0.isLetter || $0.isWhitespace }
            return placementLabels.contains(words.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }
    }

    /// Finds a PIN however it is spaced, one without its prefix, and the beginning of one mistyped.
    private static func namesSecureRecord(_ text: String) -> Bool {
        let runs = words(of: text)
        return runs.indices.contains { start in
            let rest = runs[start...]
            return beginsWithPIN(rest) || beginsWithBarePIN(rest) || beginsLikePIN(rest)
        }
    }

    private static func beginsWithPIN(_ runs: ArraySlice<Substring>) -> Bool {
        guard runs.first?.hasPrefix(AdoptionSeries.prefix) == true else { return false }
        var typed = ""
        return runs.prefix(ReferenceCode.symbolCount + 1).contains { run in
            typed += run
            return PIN(typed: typed) != nil
        }
    }

    /// Only in one piece or in four groups: digits of dates and telephone numbers would pass for one now and then.
    private static func beginsWithBarePIN(_ runs: ArraySlice<Substring>) -> Bool {
        let groups = runs.first?.count == ReferenceCode.symbolCount ? runs.prefix(1) : runs.prefix(4)
        let inGroups = groups.count == 1 || groups.allSatisfy { $0.count == ReferenceCode.groupLength }
        return inGroups && PIN(body: Array(groups.joined().utf8)) != nil
    }

    private static func beginsLikePIN(_ runs: ArraySlice<Substring>) -> Bool {
        let groups = runs.dropFirst().prefix(2)
        return runs.first == AdoptionSeries.prefix[...] && groups.count == 2 && groups.allSatisfy(looksLikeGroup)
    }

    /// Four characters of the alphabet, a digit second: no English word looks so.
    private static func looksLikeGroup(_ run: Substring) -> Bool {
        let values = run.utf8.compactMap(ReferenceCode.value(of:))
        return values.count == ReferenceCode.groupLength && run.utf8.count == values.count
            && (ReferenceCode.firstDigit...9).contains(values[1])
    }

    /// A full postcode, spaced or not: one or two letters, a digit, perhaps a digit or letter; then digit, letter, letter.
    private static func holdsPostcode(_ text: String) -> Bool {
        let runs = words(of: text)
        return runs.indices.contains { index in
            let alone = runs[index]
            if isInward(alone.suffix(3)), isOutward(alone.dropLast(3)) { return true }
            let next = index + 1
            return next < runs.endIndex && isOutward(alone) && isInward(runs[next])
        }
    }

    private static func isInward(_ run: Substring) -> Bool {
        let shape = Array(run)
        return shape.count == 3 && shape[0].isNumber && shape[1].isLetter && shape[2].isLetter
    }

    private static func isOutward(_ run: Substring) -> Bool {
        let letters = run.prefix { $0.isLetter }
        let rest = Array(run.dropFirst(letters.count))
        guard (1...2).contains(letters.count), let digit = rest.first, digit.isNumber else { return false }
        return rest.count == 1 || rest.count == 2
    }

    /// The runs of ASCII letters and digits, in upper case; every other character parts them.
    private static func words(of text: String) -> [Substring] {
        text.uppercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }
}
