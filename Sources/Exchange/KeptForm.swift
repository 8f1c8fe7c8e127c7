import Foundation

/// How what was read is kept: JSON with sorted keys, so that equal things are equal bytes, under a name and a version.
enum KeptForm: String, Codable {
    case careSide = "strongroom/return-care-side/v1"
    case sealedSide = "strongroom/return-sealed-side/v1"
    case frame = "strongroom/return-frame/v1"

    private struct Kept<Body: Codable>: Codable {
        let format: KeptForm
        let body: Body
    }

    static func encode(_ body: some Codable, as form: KeptForm) throws(ReturnFault) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(Kept(format: form, body: body)) else { throw .keptFormMalformed }
        return bytes
    }

    static func decode<Body: Codable>(_ bytes: Data, as form: KeptForm) throws(ReturnFault) -> Body {
        // The decoder's own words would quote what it could not read.
        guard let kept = try? JSONDecoder().decode(Kept<Body>.self, from: bytes), kept.format == form else {
            throw .keptFormMalformed
        }
        return kept.body
    }
}
