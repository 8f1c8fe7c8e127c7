import Foundation

/// Lines of standard input, waited for no longer than a person may be idle.
final class InputLines {
    enum Next: Equatable {
        case line(String)
        /// Nothing was typed within the time.
        case idle
        case end
    }

    private let descriptor: Int32
    private var held = Data()

    init(descriptor: Int32 = 0) {
        self.descriptor = descriptor
    }

    /// The next line, without its line feed.
    func next(within seconds: Int?) -> Next {
        while true {
            if let feed = held.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: held[..<feed], as: UTF8.self)
                held = Data(held[held.index(after: feed)...])
                return .line(line)
            }
            guard isReady(within: seconds) else { return .idle }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                defer { held = Data() }
                return held.isEmpty ? .end : .line(String(decoding: held, as: UTF8.self))
            }
            held += buffer.prefix(count)
        }
    }

    private func isReady(within seconds: Int?) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = seconds.map { Int32($0 * 1000) } ?? -1
        while true {
            let count = poll(&wanted, 1, milliseconds)
            if count < 0, errno == EINTR { continue }
            return count != 0
        }
    }
}
