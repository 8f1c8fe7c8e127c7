import Cedar
import Foundation

// bench-policy write FOLDER POLICIES ENTITIES scoped|free    writes a workload's files, for every engine alike
// bench-policy measure FOLDER                                prints microseconds of processor time a request, and a digest of the answers

/// The processor time of this process so far, in nanoseconds: other work on the machine does not count.
func processorTime() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

func write(_ workload: Workload, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in [
        ("policies.cedar", workload.policies), ("entities.json", workload.entities),
        ("requests.jsonl", workload.requests),
    ] {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }
}

func measure(_ folder: URL) throws {
    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
    let policies = try PolicySet(parsing: String(decoding: try bytes("policies.cedar"), as: UTF8.self))
    let entities = try Entities(json: try bytes("entities.json"))
    let requests = try bytes("requests.jsonl").split(separator: UInt8(ascii: "\n")).map { try Request(json: Array($0)) }

    let answers = requests.map { Authorizer.isAuthorized($0, policies: policies, entities: entities) }
    var rounds: [Double] = []
    for _ in 0..<25 {
        let start = processorTime()
        var allowed = 0
        for _ in 0..<10 {
            for request in requests
            where Authorizer.isAuthorized(request, policies: policies, entities: entities).decision == .allow {
                allowed += 1
            }
        }
        precondition(allowed == 10 * answers.count { $0.decision == .allow })
        rounds.append(Double(processorTime() - start) / Double(10 * requests.count) / 1_000)
    }
    let median = rounds.sorted()[rounds.count / 2]
    let decisions = answers.map { $0.decision == .allow ? "a" : "d" }.joined()
    print("\(median) \(decisions)")
}

let arguments = CommandLine.arguments
switch (arguments.dropFirst().first, arguments.count) {
case ("write", 6):
    guard let policyCount = Int(arguments[3]), let entityCount = Int(arguments[4]) else { exit(2) }
    try write(
        Workload(policyCount: policyCount, entityCount: entityCount, hasFreeScopes: arguments[5] == "free"),
        to: URL(filePath: arguments[2]))
case ("measure", 3): try measure(URL(filePath: arguments[2]))
default:
    FileHandle.standardError.write(Data("bench-policy: see scripts/bench\n".utf8))
    exit(2)
}
