import Foundation

// bench-vault stream [BYTES]           seals and opens a content in memory, chunk by chunk; prints megabytes a second: seal, open
// bench-vault records SMALL LARGE N    opens a record among SMALL and among LARGE documents, N times each in turns; prints
//                                      milliseconds a round: small, large wall; small, large processor; then the bytes of both stores
//
// Files lie in TMPDIR.

func usage() -> Never {
    FileHandle.standardError.write(Data("bench-vault: usage: stream | records SMALL LARGE N\n".utf8))
    exit(2)
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "stream":
    let speed = try StreamSpeed.measure(byteCount: 256 << 20)
    print(speed.sealing, speed.opening)
case "records":
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { usage() }
    try RecordOpening(small: numbers[0], large: numbers[1]).measure(rounds: numbers[2])
default:
    usage()
}
