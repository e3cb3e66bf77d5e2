extension Catalogue {
    /// What viewers tell the service themselves.
    static let toldTypes: [TypeSchema] = [
        TypeSchema("account.opened", .told, "An account was opened.", accountFields),
        TypeSchema("account.updated", .told, "An account, a profile, a plan or a payment changed.", accountFields),
        TypeSchema(
            "rating.given", .told, "A title was rated.",
            titleOfViewer + [
                FieldSchema("rating", .number, .userBehaviorMediaConsumption, "The value given, on the scale's steps."),
                FieldSchema("scale", .string, .systemOperations, "`stars`, `thumbs` or `interest`."),
                FieldSchema("has_watched", .boolean, .userBehaviorMediaConsumption, "Whether the viewer had seen it."),
                FieldSchema("viewed_on", .string, .userBehaviorMediaConsumption, "Day of the view, where it was."),
                FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
            ]
        ),
        TypeSchema(
            "review.written", .told, "A review or an answer in free text was written.",
            titleOfViewer + [
                FieldSchema("text", .string, .userContentPublic, "What the viewer wrote."),
                FieldSchema("rating", .number, .userBehaviorMediaConsumption, "The value given with it."),
                FieldSchema("topic", .string, .systemOperations, "What was asked, where it was a survey."),
                FieldSchema("language", .string, .userDemographicLanguage, "Language of the text."),
            ]
        ),
        TypeSchema(
            "tag.given", .told, "A title was tagged by a viewer.",
            titleOfViewer + [FieldSchema("tag", .string, .userContentPublic, "The tag, in the viewer's words.")]
        ),
        TypeSchema(
            "list.added", .told, "A title was put on the viewer's list.",
            titleOfViewer + [
                FieldSchema("list", .string, .userBehaviorMediaConsumption, "Name of the list."),
                FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
            ]
        ),
    ]

    /// The title that an event of a viewer is about, and the viewer's profile.
    static let titleOfViewer: [FieldSchema] =
        [
            FieldSchema("title", .string, .userBehaviorMediaConsumption, "The title's name, as shown."),
            FieldSchema(
                "title_id", .string, .userBehaviorMediaConsumption, "The title's key in the service's catalogue."),
        ] + profileFields

    /// Whose event it is within the account.
    static let profileFields: [FieldSchema] = [
        FieldSchema("profile", .string, .userAccountUsername, "Name of the profile."),
        FieldSchema("is_kids", .boolean, .userChildrens, "Whether the profile is a child's."),
    ]

    /// What came with the request.
    static let gpc = FieldSchema(
        "gpc", .boolean, .userPrivacyPreferences, "Global Privacy Control: whether the request carried `Sec-GPC: 1`.")

    static let appVersion = FieldSchema("app_version", .string, .userDevice, "Version of the service's software.")

    private static let accountFields: [FieldSchema] =
        profileFields + [
            FieldSchema("name", .string, .userName, "Full name."),
            FieldSchema("given_name", .string, .userNameFirst, "First name."),
            FieldSchema("family_name", .string, .userNameLast, "Last name."),
            FieldSchema("email", .string, .userContactEmail, "E-mail address."),
            FieldSchema("phone", .string, .userContactPhoneNumber, "Phone number."),
            FieldSchema(
                "postal_address", .object, .userContactAddress, "`street`, `city`, `state`, `postal_code`, `country`."),
            FieldSchema(
                "payment_method", .object, .userPayment,
                "`kind`, `number`, `last4`, `expires`, `holder`, `processor`, `added_at`."),
            FieldSchema("date_of_birth", .string, .userDemographicDateOfBirth, "`YYYY-MM-DD`."),
            FieldSchema("gender", .string, .userDemographicGender, "Gender, as told."),
            FieldSchema("language", .string, .userDemographicLanguage, "Preferred language."),
            FieldSchema("country", .string, .userLocationImprecise, "Country of the account."),
            FieldSchema("username", .string, .userAccountUsername, "Public handle, such as that for games."),
            FieldSchema(
                "government_id", .string, .userGovernmentIDNationalIdentificationNumber,
                "National identification number, where a country asks for it."),
            FieldSchema("avatar", .string, .userAccountSettings, "Name or address of the profile's picture."),
            FieldSchema("maturity_level", .string, .userAccountSettings, "Highest maturity rating shown."),
            FieldSchema("autoplay", .boolean, .userAccountSettings, "Whether the next episode plays by itself."),
            FieldSchema("restricted_titles", .array, .userAccountSettings, "Titles that parental controls hide."),
            FieldSchema("settings", .object, .userAccountSettings, "Other settings by name."),
            FieldSchema("change", .string, .systemOperations, "What changed: `profile`, `plan`, `payment`, ..."),
            FieldSchema("membership_status", .string, .userAccount, "Whether and how the account is active."),
            FieldSchema("created_at", .timestamp, .userAccount, "When the account or the profile was made."),
            FieldSchema("has_rejoined", .boolean, .userAccount, "Whether the account was closed before."),
            FieldSchema("plan", .string, .userAccount, "The subscription's plan."),
            FieldSchema("signup_plan", .string, .userAccount, "The plan that the subscription began with."),
            FieldSchema("previous_plan", .string, .userAccount, "The plan before the change."),
            FieldSchema("cancelled_at", .timestamp, .userAccount, "When the subscription ended."),
            FieldSchema("cancelled_by_viewer", .boolean, .userAccount, "Whether the viewer ended it."),
            FieldSchema("amount", .number, .userBehaviorPurchaseHistory, "Amount charged, in `currency`."),
            FieldSchema("tax", .number, .userBehaviorPurchaseHistory, "Tax within or on top of the amount."),
            FieldSchema("total", .number, .userBehaviorPurchaseHistory, "Amount with tax."),
            FieldSchema("currency", .string, .userBehaviorPurchaseHistory, "ISO 4217 code."),
            FieldSchema("description", .string, .userBehaviorPurchaseHistory, "What was charged for."),
            FieldSchema("service_period", .string, .userBehaviorPurchaseHistory, "Days that the charge covers."),
            FieldSchema("payment_status", .string, .userBehaviorPurchaseHistory, "How the charge ended."),
            FieldSchema("invoice_result", .string, .userBehaviorPurchaseHistory, "How the invoice ended."),
            FieldSchema("transaction_kind", .string, .userBehaviorPurchaseHistory, "`SALE`, `REFUND`, ..."),
            FieldSchema("next_billing_date", .string, .userBehaviorPurchaseHistory, "`YYYY-MM-DD`."),
            FieldSchema("test_participation", .string, .userAccount, "Tests of the service that it takes part in."),
            FieldSchema("terms_version", .string, .userAccount, "Version of the terms of use that was accepted."),
        ]
}
