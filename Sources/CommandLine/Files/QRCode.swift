import CQREncode
import Foundation

/// A text as a QR code (ISO/IEC 18004), drawn as scalable lines.
///
/// The one place where libqrencode is asked.
package struct QRCode {
    /// Light modules that a reader wants around a code.
    private static let quietZone = 4

    private let rows: [[Bool]]

    /// Encodes a text byte for byte, with a quarter of it to spare for stains and folds.
    ///
    /// - Throws: ``Trouble`` if the text is too long for any code.
    package init(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_Q) else {
            throw Trouble(message: "no QR code can be made: \(String(cString: strerror(errno)).asClause)")
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        rows = (0..<width).map { row in (0..<width).map { modules[row * width + $0] & 1 == 1 } }
    }

    /// The code as an SVG element: one path of dark runs on white, as wide as whatever it stands in.
    package var svg: String {
        let side = rows.count + 2 * Self.quietZone
        let path = rows.enumerated().map { row, modules in
            Self.runs(modules).map { run in
                "M\(run.lowerBound + Self.quietZone) \(row + Self.quietZone)h\(run.count)v1h-\(run.count)z"
            }.joined()
        }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(side)v\(side)h-\(side)z"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    /// The ranges of dark modules in a row.
    private static func runs(_ modules: [Bool]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (column, isDark) in modules.enumerated() where isDark {
            if let last = runs.last, last.upperBound == column {
                runs[runs.count - 1] = last.lowerBound..<column + 1
            } else {
                runs.append(column..<column + 1)
            }
        }
        return runs
    }
}
