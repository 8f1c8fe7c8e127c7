package import Adoption
import Strongroom

/// What was typed cannot be meant.
package struct Misuse: Error, Equatable {
    let message: String
    var hint: String?
}

/// The command line itself could not do its part: a file, a terminal.
struct Trouble: Error {
    let message: String
    var hint: String?
}

/// The vault's one answer for "not there", "not yours" and "closed".
struct Denied: Error {
    let denial: Denial
}

/// A rule's refusal, with the record it is about as typed.
package struct Refused: Error {
    let refusal: Refusal
    let record: String?

    package init(refusal: Refusal, record: String?) {
        self.refusal = refusal
        self.record = record
    }
}
