import Cedar
import Foundation
import Testing

@Suite struct SchemaVectorTests {
    @Test func `every schema of the vectors is accepted or refused as the reference engine has it`() throws {
        try check("human.txt", atLeast: 500) { (text) throws(ParseFault) in _ = try Schema(parsing: text) }
        try check("json.txt", atLeast: 400) { (text) throws(JSONFault) in _ = try Schema(json: Array(text.utf8)) }
    }

    @Test func `both formats of a schema come to the same`() throws {
        let vector = try Vector(Vector.folder.appending(path: "schemas/pairs.txt"))
        #expect(vector.cases.count >= 100)
        for line in vector.cases {
            let parts = line.text.split(separator: "\t")
            try #require(parts.count == 2, "pairs.txt:\(line.line)")
            let human = try? Schema(parsing: String(parts[0]))
            let json = try? Schema(json: Array(parts[1].utf8))
            let isAccepted = line.expectation == "accepted"
            #expect((human != nil) == isAccepted, "pairs.txt:\(line.line)")
            #expect(human?.entityTypes == json?.entityTypes, "pairs.txt:\(line.line)")
            #expect(human?.actions == json?.actions, "pairs.txt:\(line.line)")
        }
    }

    @Test func `entities and requests conform to a schema as the reference engine has it`() throws {
        let world = try Schema(parsing: String(decoding: Vector.bytes("schemas/world.cedarschema"), as: UTF8.self))
        try check("entities.txt", atLeast: 90) { (text) throws(JSONFault) in
            _ = try Entities(json: Array(text.utf8), schema: world)
        }
        try check("requests.txt", atLeast: 25) { (text) throws(JSONFault) in
            _ = try Request(json: Array(text.utf8), schema: world)
        }
    }

    private func check<Fault: Error>(
        _ name: String, atLeast count: Int, _ read: (String) throws(Fault) -> Void
    ) throws {
        let vector = try Vector(Vector.folder.appending(path: "schemas/\(name)"))
        #expect(vector.cases.count >= count)
        for line in vector.cases {
            try #require(["accepted", "refused"].contains(line.expectation), "\(name):\(line.line)")
            var fault: Fault?
            do { try read(String(line.text)) } catch { fault = error }
            #expect(
                (fault == nil) == (line.expectation == "accepted"),
                "\(name):\(line.line): \(line.text) \(fault.map { "\($0)" } ?? "")")
        }
    }

    @Test(.enabled(if: Corpus.isHere, "SKIPPED: the conformance corpus is not at \(Corpus.archive.path)"))
    func `every schema of the conformance corpus is read, and its entities conform`() throws {
        let folder = try Corpus.unpack()
        defer { try? FileManager.default.removeItem(at: folder) }
        let cases = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "corpus-tests"), includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "json" && !$0.lastPathComponent.hasSuffix(".entities.json") }
        #expect(cases.count > 3_000)
        for url in cases {
            let wanted = try JSONValue(parsing: Array(Data(contentsOf: url)))
            func file(_ key: CedarString) throws -> [UInt8] {
                try Array(Data(contentsOf: folder.appending(path: #require(wanted[key]?.string))))
            }
            let schema = try Schema(parsing: String(decoding: file("schema"), as: UTF8.self))
            #expect(throws: Never.self, "\(url.lastPathComponent)") {
                try Entities(json: file("entities"), schema: schema)
            }
            for request in wanted["requests"]?.array ?? [] where request["validateRequest"] == .bool(true) {
                let asked = (request.object ?? [:]).filter {
                    ["principal", "action", "resource", "context"].contains($0.key)
                }
                #expect(throws: Never.self, "\(url.lastPathComponent)") { try Request(.object(asked), schema: schema) }
            }
        }
    }
}
