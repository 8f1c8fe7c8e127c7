/// The form of a unique pupil number, as far as it can be judged without a register.
enum UniquePupilNumber {
    private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")
    private static let unknown: Set<String> = ["UN1", "UN2", "UN3", "UN4", "UN5"]
    private static let firstWeight = 2
    private static let modulus = 23

    /// Whether the number is one letter other than I, O and S and then thirteen places, the last a digit or a letter;
    /// or one of UN1 to UN5 (rule 168).
    static func isWellFormed(_ number: String) -> Bool {
        if unknown.contains(number) { return true }
        let places = Array(number)
        guard places.count == 13, letters.contains(places[0]) else { return false }
        guard places[1...11].allSatisfy(isDigit) else { return false }
        return isDigit(places[12]) || ("A"..."Z").contains(places[12])
    }

    /// Whether the first letter is the one the others give: weights 2 to 13, modulo 23. A temporary number's last
    /// letter counts by its place in the alphabet, A as 0.
    static func hasItsCheckLetter(_ number: String) -> Bool {
        guard isWellFormed(number), !unknown.contains(number) else { return true }
        let places = Array(number)
        let sum = places.dropFirst().enumerated().reduce(0) { sum, place in
            sum + (place.offset + firstWeight) * value(place.element)
        }
        return letters[sum % modulus] == places[0]
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    private static func value(_ character: Character) -> Int {
        character.wholeNumberValue ?? letters.firstIndex(of: character) ?? 0
    }
}
