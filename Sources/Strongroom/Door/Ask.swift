import WorkingDays

/// What a person asks of the door: one act, on one target.
struct Ask {
    enum Target {
        case vault
        /// A record by what was typed, whether or not there is one.
        case record(String)
    }

    let act: Act
    let target: Target
    /// The act that policies know it by, where several log acts share one right.
    var right: Act
    var purpose = ""
    /// What a person typed and the log may only commit to, by label.
    var committed: [(label: String, value: String)] = []
    var on: Day?
    /// The person the act is about, by handle.
    var about: String?

    init(_ act: Act, on target: Target, right: Act? = nil) {
        self.act = act
        self.target = target
        self.right = right ?? act
    }

    func because(_ reason: String) -> Ask {
        var ask = self
        ask.purpose = reason
        ask.committed.append((label: "reason", value: reason))
        return ask
    }

    func about(_ handle: String?) -> Ask {
        var ask = self
        ask.about = handle
        return ask
    }

    func dated(_ day: Day?) -> Ask {
        var ask = self
        ask.on = day
        return ask
    }
}
