/// Shows a place in a text: its line, and a caret below it.
enum SourceSnippet {
    /// How many scalars are shown before the place, and from the place on.
    private static let scalarsBefore = 60
    private static let scalarsAfter = 40

    /// The line with its number, and the caret in a line of its own. Only what is shown is looked at, however long the
    /// line is.
    static func text(of source: [UInt8], at offset: Int, line: Int) -> String {
        let place = min(offset, source.count)
        let (start, isCutBefore) = start(in: source, before: place)
        let (end, isCutAfter) = end(in: source, after: place)
        let before = (isCutBefore ? "…" : "") + shown(source[start..<place])
        let after = shown(source[place..<end]) + (isCutAfter ? "…" : "")
        let number = String(line)
        let gutter = String(repeating: " ", count: number.count)
        let indent = String(repeating: " ", count: before.unicodeScalars.count)
        return "\(number) | \(before)\(after)\n\(gutter) | \(indent)^"
    }

    /// Where the shown part of the line begins, and whether that is after the line's own beginning.
    private static func start(in source: [UInt8], before place: Int) -> (start: Int, isCut: Bool) {
        var start = place
        var scalarCount = 0
        while start > 0, source[start - 1] != UInt8(ascii: "\n") {
            guard scalarCount < scalarsBefore else { return (start, true) }
            start -= 1
            if source[start] & 0xC0 != 0x80 { scalarCount += 1 }
        }
        return (start, false)
    }

    /// Where the shown part of the line ends, and whether that is before the line's own end.
    private static func end(in source: [UInt8], after place: Int) -> (end: Int, isCut: Bool) {
        var end = place
        var scalarCount = 0
        while end < source.count, source[end] != UInt8(ascii: "\n") {
            if source[end] & 0xC0 != 0x80 {
                guard scalarCount < scalarsAfter else { return (end, true) }
                scalarCount += 1
            }
            end += 1
        }
        // The carriage return of a line's end is no part of the line.
        if end > place, end < source.count, source[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return (end, false)
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        let tab = UInt8(ascii: "\t")
        return StringEscapes.visible(String(decoding: bytes.map { $0 == tab ? UInt8(ascii: " ") : $0 }, as: UTF8.self))
    }
}
