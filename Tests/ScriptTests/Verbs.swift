import Foundation

/// What was wrong, in a line's own words.
struct Wrong: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension ScriptRun {
    /// Does what one line says.
    mutating func obey(_ verb: Script.Verb, _ words: [String], negated: Bool) throws {
        switch verb {
        case .strongroom, .strongroomVerify: try start(verb.rawValue, words, mustFail: negated)
        case .exit: try expectExit(words[0])
        case .stdout: try expectText(words, in: output(\.stdout), called: "stdout", negated: negated)
        case .stderr: try expectText(words, in: output(\.stderr), called: "stderr", negated: negated)
        case .save: try save(words[0], pattern: words[1])
        case .grep: try expectText([words[0]], in: text(words[1]), called: words[1], negated: negated)
        case .cmp: try compare(words[0], words[1], negated: negated)
        case .exists: try expectExistence(words, negated: negated)
        case .mode: try expectMode(words[0], words[1])
        case .env: try setEnvironment(words)
        case .as: environment["STRONGROOM_IDENTITY"] = path("people/\(words[0])").path
        case .clock: environment["STRONGROOM_CLOCK"] = words[0]
        case .stdin: standardInput = path(words[0])
        case .typing: typing = path(words[0])
        case .mkdir: try words.forEach(makeFolder)
        case .cp: try copy(words[0], to: words[1])
        case .rm: try words.forEach { try FileManager.default.removeItem(at: ownPath($0)) }
        case .flip: try flip(words[0], at: words[1])
        case .cut: try cut(words[0], by: words[1])
        case .join: try join(words.dropFirst(), as: words[0])
        case .mistype: try mistype(words[0], line: words[1])
        case .use: throw Wrong("`use` is the parser's")
        }
    }

    private mutating func start(_ name: String, _ arguments: [String], mustFail: Bool) throws {
        last = nil
        defer {
            standardInput = nil
            typing = nil
        }
        known.add(arguments: arguments)
        let request = Invocation.Request(
            program: programs.folder.appending(path: name), arguments: arguments, folder: folder,
            environment: environment, standardInput: standardInput)
        let result = try isFollowed ? follow(request) : Invocation.run(asTyped(request))
        last = result
        if mustFail, result.exitCode == 0 { throw Wrong("done, and should have failed") }
        if !mustFail, result.exitCode != 0 { throw Wrong("failed with exit code \(result.exitCode)") }
        try expectNoLeak()
    }

    /// At a terminal, if the script types something.
    func asTyped(_ request: Invocation.Request) -> Invocation.Request {
        typing.map { request.atTerminal(typing: $0) } ?? request
    }

    private func finished() throws -> Invocation {
        guard let last else { throw Wrong("no command has run yet") }
        return last
    }

    private func output(_ stream: KeyPath<Invocation, Data>) throws -> String {
        String(decoding: try finished()[keyPath: stream], as: UTF8.self)
    }

    private func expectExit(_ code: String) throws {
        let result = try finished()
        guard let expected = Int32(code) else { throw Wrong("`\(code)` is no exit code") }
        if result.exitCode != expected { throw Wrong("exit code \(result.exitCode), not \(expected)") }
    }

    private func matches(_ pattern: String, in text: String) throws -> [Regex<AnyRegexOutput>.Match] {
        do {
            return text.matches(of: try Regex(pattern).anchorsMatchLineEndings())
        } catch {
            throw Wrong("`\(pattern)` is no regular expression")
        }
    }

    /// `stdout 're'`, or `stdout -count=3 're'` for exactly so many matches.
    private func expectText(_ words: [String], in text: String, called name: String, negated: Bool)
        throws
    {
        let found = try matches(words[words.count - 1], in: text).count
        if words.count == 2 {
            guard words[0].hasPrefix("-count="), let count = Int(words[0].dropFirst(7)), !negated else {
                throw Wrong("`\(words[0])` is not -count=N")
            }
            if found != count {
                throw Wrong("\(found) matches of `\(words[1])` in \(name), not \(count)")
            }
        } else if negated, found > 0 {
            throw Wrong("`\(words[0])` found in \(name)")
        } else if !negated, found == 0 {
            throw Wrong("`\(words[0])` not found in \(name)")
        }
    }

    private mutating func save(_ name: String, pattern: String) throws {
        let output = try output(\.stdout)
        guard let match = try matches(pattern, in: output).first, match.count > 1,
            let group = match[1].substring
        else {
            throw Wrong("`\(pattern)` with a group not found in stdout")
        }
        variables[name] = String(group)
        known.add(saved: String(group))
    }

    private func bytes(_ name: String) throws -> Data {
        switch name {
        case "stdout": return try finished().stdout
        case "stderr": return try finished().stderr
        default: return try Data(contentsOf: path(name))
        }
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    private func compare(_ first: String, _ second: String, negated: Bool) throws {
        let equal = try bytes(first) == bytes(second)
        if equal == negated {
            throw Wrong("`\(first)` and `\(second)` are \(equal ? "equal" : "different")")
        }
    }

    private func expectExistence(_ names: [String], negated: Bool) throws {
        for name in names where FileManager.default.fileExists(atPath: path(name).path) == negated {
            throw Wrong("`\(name)` is \(negated ? "there" : "not there")")
        }
    }

    /// `mode FILE 600`: who may read a released file is part of the promise.
    private func expectMode(_ name: String, _ octal: String) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name).path)
        let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        if permissions != Int(octal, radix: 8) {
            throw Wrong("`\(name)` has mode \(String(permissions, radix: 8)), not \(octal)")
        }
    }

    private mutating func setEnvironment(_ assignments: [String]) throws {
        for assignment in assignments {
            guard let equals = assignment.firstIndex(of: "=") else {
                throw Wrong("`\(assignment)` is not NAME=VALUE")
            }
            let name = String(assignment[..<equals])
            let value = String(assignment[assignment.index(after: equals)...])
            environment[name] = value
            variables[name] = value
        }
    }

    /// A path that a script may change: one of its own folder, links followed.
    private func ownPath(_ name: String) throws -> URL {
        let path = path(name)
        let real = path.deletingLastPathComponent().resolvingSymlinksInPath().appending(
            path: path.lastPathComponent)
        guard real.path.hasPrefix(folder.resolvingSymlinksInPath().path + "/") else {
            throw Wrong("`\(name)` is not the script's own to change")
        }
        return real
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(at: ownPath(name), withIntermediateDirectories: true)
    }

    private func copy(_ source: String, to target: String) throws {
        if source == "stdout" || source == "stderr" {
            try bytes(source).write(to: ownPath(target))
        } else {
            // A copied link would lead out of the folder, and what a script then changes would be somebody else's.
            try FileManager.default.copyItem(
                at: path(source).resolvingSymlinksInPath(), to: ownPath(target))
        }
    }

    /// Changes one bit of one byte; an offset below zero counts from the end.
    private func flip(_ name: String, at offset: String) throws {
        var content = try Data(contentsOf: path(name))
        guard let number = Int(offset) else { throw Wrong("`\(offset)` is no offset") }
        let index = number < 0 ? content.count + number : number
        guard content.indices.contains(index) else {
            throw Wrong("`\(name)` has only \(content.count) bytes")
        }
        content[index] ^= 1
        try content.write(to: ownPath(name))
    }

    /// One file after the other, as one.
    private func join(_ names: some Sequence<String>, as target: String) throws {
        try names.reduce(into: Data()) { try $0 += bytes($1) }.write(to: ownPath(target))
    }

    /// What a person's slip leaves: the line that begins with `number`, with one letter wrong, and then the line itself.
    private func mistype(_ name: String, line number: String) throws {
        var lines = try text(name).components(separatedBy: "\n")
        guard let index = lines.firstIndex(where: { $0.hasPrefix(number + " ") }), let last = lines[index].last else {
            throw Wrong("`\(name)` has no line \(number)")
        }
        lines.insert(lines[index].dropLast() + (last == "X" ? "Y" : "X"), at: index)
        try Data(lines.joined(separator: "\n").utf8).write(to: ownPath(name))
    }

    /// Takes bytes away from the end.
    private func cut(_ name: String, by count: String) throws {
        let content = try Data(contentsOf: path(name))
        guard let number = Int(count), number > 0, number <= content.count else {
            throw Wrong("`\(name)` cannot lose \(count) of its \(content.count) bytes")
        }
        try content.dropLast(number).write(to: ownPath(name))
    }
}
