import Foundation

// Parse, call, exit: 0 accepted, 1 rejected, 2 usage.
switch VerifyArguments.parse(Array(CommandLine.arguments.dropFirst())) {
case .help:
    print(Usage.text)
    exit(Exit.accepted)
case .misused(let complaint):
    FileHandle.standardError.write(Data("strongroom-verify: error: \(complaint)\n\n\(Usage.short)\n".utf8))
    exit(Exit.usage)
case .verify(let arguments):
    let verdict = Verdict.reach(arguments)
    print(arguments.json ? verdict.json : verdict.text)
    exit(verdict.isAccepted ? Exit.accepted : Exit.rejected)
}
