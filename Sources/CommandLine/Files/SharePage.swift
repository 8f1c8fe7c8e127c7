import Foundation
package import Sealing

/// A recovery share as a page to print: its text, and a QR code of its five numbered lines.
///
/// One file that asks nothing of anywhere else: whoever opens it in a browser prints it, and nothing leaves the machine.
package enum SharePage {
    /// The page as HTML.
    package static func html(of share: RecoveryShare) throws -> String {
        let code = try QRCode(share.numberedLines)
        let name = "recovery share \(share.index) of \(share.count), set \(share.setName)"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(name)</title>
            <style>
            @page { size: A4; margin: 20mm }
            body { font: 12pt/1.5 sans-serif; max-width: 170mm; margin: auto; color: #000; background: #fff }
            pre { font: 15pt/1.8 monospace; margin: 8mm 0 }
            svg { display: block; width: 80mm; height: 80mm }
            </style>
            </head>
            <body>
            <p>Keep this page where nobody else comes to it, and never with another custodian's. Any \(share.threshold) of \
            the \(share.count) pages restore the strongroom; fewer tell nothing. Do not copy, photograph or send it. It is \
            typed, or its code scanned, only at the machine that restores.</p>
            <pre>
            \(share.page)</pre>
            \(code.svg)
            <p>The code says the five numbered lines, and no more.</p>
            </body>
            </html>

            """
    }
}
