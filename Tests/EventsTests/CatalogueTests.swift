import Events
import Testing

@Suite("The catalogue")
struct CatalogueTests {
    @Test("every type is found by its name", arguments: Catalogue.types.indices)
    func lookup(index: Int) {
        #expect(Catalogue.index(ofType: Catalogue.types[index].name.rawBytes) == index)
    }

    @Test("names that are no type are not found", arguments: ["", "a", "account", "account.open", "account.openedx"])
    func unknown(name: String) {
        var name = name
        #expect(name.withUTF8 { Catalogue.index(ofType: UnsafeRawBufferPointer($0)) } == nil)
    }

    @Test("no type and no field is listed twice")
    func noDuplicates() {
        let names = Catalogue.types.map { "\($0.name)" }
        #expect(Set(names).count == names.count)
        for type in Catalogue.types {
            let fields = type.fields.map { "\($0.name)" }
            #expect(Set(fields).count == fields.count, "\(type.name)")
            #expect(!fields.isEmpty)
        }
    }

    @Test("names are written in one style: group.verb and snake_case")
    func style() {
        for type in Catalogue.types {
            #expect("\(type.name)".wholeMatch(of: /[a-z]+\.[a-z]+/) != nil, "\(type.name)")
            for field in type.fields {
                #expect("\(field.name)".wholeMatch(of: /[a-z0-9]+(_[a-z0-9]+)*/) != nil, "\(field.name)")
                #expect(field.category != .unclassified, "\(type.name).\(field.name)")
            }
        }
    }

    @Test("what identifies a person outside the service has its category wherever it stands")
    func identifiers() {
        let expected: [String: DataCategory] = [
            "email": .userContactEmail, "phone": .userContactPhoneNumber, "ip": .userDeviceIPAddress,
            "cookie_id": .userDeviceCookieID, "query": .userBehaviorSearchHistory, "transcript": .userContentPrivate,
            "device_id": .userDeviceDeviceID, "payment_method": .userPayment, "is_kids": .userChildrens,
        ]
        for type in Catalogue.types {
            for field in type.fields {
                guard let category = expected["\(field.name)"] else { continue }
                #expect(field.category == category, "\(type.name).\(field.name)")
            }
        }
    }
}

@Suite("Data categories")
struct CatalogueDataCategoryTests {
    @Test("each is found by its key", arguments: DataCategory.allCases)
    func key(category: DataCategory) {
        #expect(DataCategory(key: category.key.rawBytes) == category)
    }

    @Test("a key that is none is refused")
    func unknownKey() {
        #expect(DataCategory(key: ("user.contact.e" as StaticString).rawBytes) == nil)
        #expect(DataCategory(key: ("" as StaticString).rawBytes) == nil)
    }

    @Test("a category is within itself and within what its key begins with")
    func within() {
        #expect(DataCategory.userContactEmail.isWithin(.userContactEmail))
        #expect(DataCategory.userContactEmail.isWithin(.userContact))
        #expect(DataCategory.userContactEmail.isWithin(.user))
        #expect(!DataCategory.userContact.isWithin(.userContactEmail))
        #expect(!DataCategory.userDeviceCookieID.isWithin(.userDeviceCookie))
        #expect(!DataCategory.systemOperations.isWithin(.user))
    }

    @Test("unclassified data is not reached by asking for user")
    func unclassified() {
        #expect("\(DataCategory.unclassified.key)" == "user.unclassified")
        #expect(!DataCategory.unclassified.isWithin(.user))
        #expect(DataCategory.unclassified.isWithin(.unclassified))
    }
}
