import Foundation
import Store
import TestSupport
import Testing

@Suite("The audit log")
struct AuditLogTests {
    @Test("is added to, and finds each change")
    func findsChanges() throws {
        let place = try Place()
        var store = try place.open()
        for number in 1...5 {
            try store.audit(AuditRecord("did", #"{"n":\#(number)}"#, actor: "anna", at: Int64(number)))
        }
        #expect(try store.auditEntries().map { $0.sequence } == [1, 2, 3, 4, 5])
        #expect(try store.auditProblem() == nil)
        try store.close()
        #expect(try sqlite(place.path, "SELECT count(*) FROM audit") == "[(5,)]")
        let whole = FileManager.default.contents(atPath: place.path)
        let drop = "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; "
        for (change, problem) in [
            ("UPDATE audit SET detail = '{}' WHERE sequence = 3", AuditProblem.changed(sequence: 3)),
            ("UPDATE audit SET actor = 'petr' WHERE sequence = 1", .changed(sequence: 1)),
            ("UPDATE audit SET at = 9 WHERE sequence = 5", .changed(sequence: 5)),
            ("DELETE FROM audit WHERE sequence = 2", .changed(sequence: 2)),
            ("DELETE FROM audit WHERE sequence > 3", .cutOff(written: 5, found: 3)),
            ("DELETE FROM audit", .cutOff(written: 5, found: 0)),
        ] {
            _ = try sqlite(place.path, drop + change)
            store = try place.open(.readOnly)
            #expect(try store.auditProblem() == problem, "\(change)")
            try store.close()
            try whole?.write(to: URL(fileURLWithPath: place.path))
        }
    }

    @Test("stays broken where entries were taken off its end, whatever is added then")
    func keepsGap() throws {
        let place = try Place()
        var store = try place.open()
        for number in 1...5 { try store.audit(AuditRecord("did", "{}", actor: "anna", at: Int64(number))) }
        try store.close()
        _ = try sqlite(
            place.path,
            """
            DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted;
            DELETE FROM audit WHERE sequence > 3
            """)
        store = try place.open()
        for number in 6...7 { try store.audit(AuditRecord("did", "{}", actor: "anna", at: Int64(number))) }
        #expect(try store.auditEntries().map { $0.sequence } == [1, 2, 3, 6, 7])
        #expect(try store.auditProblem() == .changed(sequence: 4))
    }

    @Test("cannot be changed by the way")
    func refusesChanges() throws {
        let place = try Place()
        let store = try place.open()
        try store.audit(AuditRecord("did", "{}", actor: "anna", at: 1))
        try store.close()
        for change in ["UPDATE audit SET at = 2", "DELETE FROM audit"] {
            let said = try python(
                place.path,
                """
                try: c.execute(sql)
                except sqlite3.IntegrityError as error: print(error)
                """, change)
            #expect(said == "the audit log is only added to")
        }
    }
}

@Suite("Disclosures")
struct DisclosureTests {
    @Test("say who was given what of a viewer, and forget the viewer who is erased")
    func areKept() throws {
        let place = try Place()
        let store = try place.open()
        try put(events(6), into: store)
        let numbers = ["anna", "petr", "mia"].map { store.viewer(named: $0) }
        let first = Disclosure(time: 1, recipient: "A", purpose: "advertising", subject: "fans", version: "1")
        let second = Disclosure(time: 2, recipient: "B", purpose: "advertising", subject: "owls", version: "2")
        try store.record(first, of: numbers)
        try store.record(second, of: [numbers[1]])
        #expect(try store.disclosures(of: [numbers[0]]) == [first])
        #expect(try store.disclosures(of: [numbers[1]]) == [first, second])
        _ = try store.erase([numbers[1]], at: 3)
        #expect(try store.disclosures(of: [numbers[1]]).isEmpty)
        #expect(try store.disclosures() == [first, second])
    }
}
