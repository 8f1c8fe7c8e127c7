/// Reads Cedar's JSON form of values and of entity names; the page `json-forms` of the documentation describes it.
struct ValueJSON {
    /// Where in the document we are.
    let place: Place
    /// How many keys and indices lead there from where reading began.
    private(set) var depth = 0

    init(place: Place) { self.place = place }

    /// A chain of keys and indices, put into words only when a fault is told.
    indirect enum Place: CustomStringConvertible, Sendable {
        case document
        case key(CedarString, in: Place)
        case index(Int, in: Place)

        /// `[3].attrs.team`
        var description: String {
            switch self {
            case .document: ""
            case .key(let key, .document): key.text
            case .key(let key, let outer): "\(outer).\(key)"
            case .index(let index, let outer): "\(outer)[\(index)]"
            }
        }
    }

    func fault(_ message: String) -> JSONFault {
        let path = place.description
        return .unexpected(path: path.isEmpty ? "the document" : path, message: message)
    }

    func at(_ key: CedarString) -> ValueJSON { within(.key(key, in: place)) }

    func at(_ index: Int) -> ValueJSON { within(.index(index, in: place)) }

    private func within(_ place: Place) -> ValueJSON {
        var inner = ValueJSON(place: place)
        inner.depth = depth + 1
        return inner
    }

    /// Refuses what lies deeper than a text can: a ``JSONValue`` made by a program may nest without a bound, and reading
    /// recurses.
    func expectBoundedDepth() throws(JSONFault) {
        guard depth <= JSONReader.nestingLimit else {
            throw JSONFault.unexpected(
                path: "the document", message: "this nests deeper than \(JSONReader.nestingLimit) levels")
        }
    }

    /// A value: bool, number, text, list, object, `{"__entity": …}` or `{"__extn": …}`.
    func value(_ json: JSONValue) throws(JSONFault) -> Value {
        try expectBoundedDepth()
        switch json {
        case .null: throw fault("null is no value of Cedar")
        case .bool(let bool): return .bool(bool)
        case .integer(let integer): return .long(integer)
        case .string(let string): return .string(string)
        case .array(let members):
            var values: [Value] = []
            for (index, member) in members.enumerated() { values.append(try at(index).value(member)) }
            return .set(CedarSet(values))
        case .object(let members):
            if let inner = try escaped("__entity", members) { return .entity(try at("__entity").plainUID(inner)) }
            if let inner = try escaped("__extn", members) { return try at("__extn").extensionValue(inner) }
            guard members["__expr"] == nil else { throw fault("`__expr` is no longer a form of Cedar") }
            return .record(try record(json))
        }
    }

    /// An object as a record.
    func record(_ json: JSONValue) throws(JSONFault) -> CedarRecord {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        var values: [CedarString: Value] = [:]
        for (name, member) in members { values[name] = try at(name).value(member) }
        return CedarRecord(values)
    }

    /// An entity's name: `{"type": …, "id": …}`, or the same under `__entity`.
    func uid(_ json: JSONValue) throws(JSONFault) -> EntityUID {
        guard case .object(let members) = json else {
            throw fault("expected an entity's name, found \(json.kindName)")
        }
        if let inner = try escaped("__entity", members) { return try at("__entity").plainUID(inner) }
        return try plainUID(json)
    }

    /// An entity's name in one of those forms, or as the text `Type::"id"`, which requests may use.
    func writtenUID(_ json: JSONValue) throws(JSONFault) -> EntityUID {
        guard case .string(let string) = json else { return try uid(json) }
        do { return try EntityUID(parsing: string.text) } catch { throw fault(error.message) }
    }

    private func plainUID(_ json: JSONValue) throws(JSONFault) -> EntityUID {
        try expectKeys(of: json, required: ["type", "id"])
        guard let type = json["type"]?.string, let id = json["id"]?.string else {
            throw fault("`type` and `id` must be texts")
        }
        guard TypePath.isWritten(type) else { throw at("type").fault("this is no entity type") }
        return EntityUID(type: type, id: id)
    }

    /// What stands under an escape's key, which must stand alone.
    func escaped(
        _ key: CedarString, _ members: [CedarString: JSONValue]
    ) throws(JSONFault) -> JSONValue? {
        guard let inner = members[key] else { return nil }
        guard members.count == 1 else { throw fault("`\(key)` must be the only key") }
        return inner
    }

    /// Refuses an object that lacks a required key or has one that is neither required nor optional.
    func expectKeys(
        of json: JSONValue, required: [CedarString], optional: [CedarString] = []
    ) throws(JSONFault) {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        for key in required where members[key] == nil { throw fault("`\(key)` is missing") }
        for key in members.keys where !required.contains(key) && !optional.contains(key) {
            throw fault("there is no key `\(key)` here")
        }
    }
}

/// Type paths outside policy text, where no blank or comment may stand between the parts.
enum TypePath {
    /// True for names joined by `::`, none of them reserved.
    static func isWritten(_ text: String, reserved: Set<String> = ReservedWord.all) -> Bool {
        var rest = Substring(text)
        while true {
            let part = rest.prefix { $0 != ":" }
            guard let first = part.utf8.first, first.beginsIdentifier,
                part.utf8.allSatisfy({ $0.beginsIdentifier || $0.isDigit }),
                !reserved.contains(String(part))
            else { return false }
            rest = rest[part.endIndex...]
            if rest.isEmpty { return true }
            guard rest.hasPrefix("::") else { return false }
            rest = rest.dropFirst(2)
        }
    }
}
