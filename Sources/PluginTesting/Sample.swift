package import Events

/// Events with a value in every field, for tests to change what they are about.
package enum Sample {
    static func event(ofType name: String) -> [UInt8]? {
        guard let index = Array(name.utf8).withUnsafeBytes({ Catalogue.index(ofType: $0) }) else { return nil }
        let type = Catalogue.types[index]
        var writer = EventWriter()
        let subject = type.group == .catalogue ? nil : "viewer-1"
        writer.begin(type: name, source: "test", id: "1", subject: subject, time: "2026-01-01T12:00:00Z")
        for field in type.fields {
            Array(json(for: field).utf8).withUnsafeBytes { writer.json(field.name.rawBytes, text: $0) }
        }
        writer.end()
        writer.bytes.removeLast(1)
        return Array(writer.bytes.rawBytes)
    }

    /// A value that the field could have, as JSON.
    package static func json(for field: FieldSchema) -> String {
        switch field.kind {
        case .string, .any: "\"\(text(for: "\(field.name)"))\""
        case .number: "1"
        case .boolean: "false"
        case .timestamp: "\"2026-01-01T12:00:00Z\""
        case .array: "[\"one\",\"two\"]"
        case .object: object(for: "\(field.name)")
        }
    }

    private static func object(for field: String) -> String {
        switch field {
        case "postal_address": #"{"street":"Dlouhá 1","city":"Praha","postal_code":"110 00","country":"CZ"}"#
        case "payment_method": #"{"kind":"card","number":"4111 1111 1111 1111","last4":"1111","holder":"Anna Novak"}"#
        default: #"{"name":"value"}"#
        }
    }

    private static func text(for field: String) -> String {
        switch field {
        case "email": "anna.novak@example.com"
        case "phone": "+420 555 0142"
        case "ip": "192.0.2.33"
        case "name": "Anna Novak"
        case "given_name", "profile": "Anna"
        case "family_name": "Novak"
        case "date_of_birth", "released", "next_billing_date": "1985-01-01"
        case "country": "CZ"
        case "language": "cs"
        case "currency": "CZK"
        case "url", "referrer": "https://www.example.com/"
        default: field
        }
    }
}
