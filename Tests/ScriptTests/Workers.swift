import Dispatch

/// Lets so many scripts run at once, and no more: each starts programs that derive keys on purpose slowly.
actor Workers {
    static let two = Workers(2)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    /// Runs blocking work on a thread of its own, when it is its turn.
    nonisolated func run<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer {
        await take()
        let answer = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
        await giveBack()
        return answer
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
