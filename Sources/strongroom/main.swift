import CommandLine
import Foundation

exit(Program.run(Array(Swift.CommandLine.arguments.dropFirst())))
