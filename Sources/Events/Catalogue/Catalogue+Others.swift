extension Catalogue {
    /// What the service buys or is given about its viewers.
    static let supplementTypes: [TypeSchema] = [
        TypeSchema(
            "supplement.demographic", .fromOthers, "Demographic data from another party.",
            [
                provider,
                FieldSchema("age", .number, .userDemographicAgeRange, "Age in years."),
                FieldSchema("age_range", .string, .userDemographicAgeRange, "Such as `25-34`."),
                FieldSchema("gender", .string, .userDemographicGender, "Gender, as the provider has it."),
                FieldSchema("occupation", .string, .userJobTitle, "Occupation."),
                FieldSchema("postal_code", .string, .userContactAddressPostalCode, "Postal code."),
                FieldSchema("country", .string, .userLocationImprecise, "Country."),
                FieldSchema("language", .string, .userDemographicLanguage, "Language."),
                FieldSchema("marital_status", .string, .userDemographicMaritalStatus, "Marital status."),
                FieldSchema("household_size", .number, .userDemographic, "Persons in the household."),
                FieldSchema("income_range", .string, .userDemographic, "Such as `40000-60000 EUR`."),
                FieldSchema("education", .string, .userDemographic, "Highest degree."),
            ]
        ),
        TypeSchema(
            "supplement.interest", .fromOthers, "Interests from another party.",
            [
                provider,
                FieldSchema("interests", .array, .userBehavior, "Interests by name."),
                FieldSchema("network", .string, .userSocial, "Social network that is connected."),
                FieldSchema("account", .string, .userSocial, "The viewer's account there."),
                FieldSchema("text", .string, .userSocial, "What the service says about the connection."),
            ]
        ),
        TypeSchema(
            "supplement.browsing", .fromOthers, "Browsing behaviour from another party.",
            [
                provider,
                FieldSchema("url", .string, .userBehaviorBrowsingHistory, "Page that was seen."),
                FieldSchema("topics", .array, .userBehaviorBrowsingHistory, "Topics of the pages."),
                FieldSchema("cookie_id", .string, .userDeviceCookieID, "The cookie by which it was matched."),
                FieldSchema("visits", .number, .userBehaviorBrowsingHistory, "How often."),
            ]
        ),
    ]

    /// The service's own catalogue; about no viewer.
    static let titleTypes: [TypeSchema] = [
        TypeSchema("title.added", .catalogue, "A title came into the catalogue.", titleFields),
        TypeSchema("title.updated", .catalogue, "What is known of a title changed.", titleFields),
    ]

    /// What the service showed, and what became of it.
    static let feedbackTypes: [TypeSchema] = [
        TypeSchema("recommendation.shown", .feedback, "A recommendation was shown.", recommendationFields),
        TypeSchema("recommendation.chosen", .feedback, "A recommendation was followed.", recommendationFields),
        TypeSchema("ad.shown", .feedback, "An advertisement was shown.", adFields),
        TypeSchema("ad.clicked", .feedback, "An advertisement was followed.", adFields),
    ]

    /// What viewers want done, or not done, with their data, and which of it is one viewer's.
    static let willTypes: [TypeSchema] = [
        TypeSchema(
            "consent.changed", .will, "A purpose was allowed or forbidden.",
            profileFields + [
                FieldSchema(
                    "purpose", .string, .userPrivacyPreferences,
                    "`personalization`, `advertising`, `quality` or `service`."),
                FieldSchema("granted", .boolean, .userPrivacyPreferences, "Whether it is allowed from now on."),
                FieldSchema("channel", .string, .userPrivacyPreferences, "Means of contact that it is about."),
                FieldSchema("name", .string, .userPrivacyPreferences, "The setting's name at the service."),
                FieldSchema("setting", .string, .userPrivacyPreferences, "The setting's value at the service."),
            ]
        ),
        TypeSchema("access.requested", .will, "The viewer asked what is known about them.", requestFields),
        TypeSchema("erasure.requested", .will, "The viewer asked to be forgotten.", requestFields),
        TypeSchema("viewer.merged", .will, "Two subjects were found to be one viewer.", [otherSubject]),
        TypeSchema(
            "viewer.split", .will, "A subject that was taken into this one is another viewer after all.", [otherSubject]
        ),
    ]

    private static let otherSubject = FieldSchema(
        "from", .string, .userUniqueID, "The subject that is, or was, taken into the event's `subject`.")

    private static let provider = FieldSchema("provider", .string, .systemOperations, "Who supplied the data.")

    private static let titleFields: [FieldSchema] = [
        FieldSchema("title", .string, .systemOperations, "The title's name, as shown."),
        FieldSchema("title_id", .string, .systemOperations, "The title's key in the service's catalogue."),
        FieldSchema("year", .number, .systemOperations, "Year of release."),
        FieldSchema("released", .string, .systemOperations, "Day of release, `YYYY-MM-DD`."),
        FieldSchema("genres", .array, .systemOperations, "Genres by name."),
        FieldSchema("kind", .string, .systemOperations, "`film`, `series`, `episode`, `game`."),
        FieldSchema("series", .string, .systemOperations, "The series that the episode belongs to."),
        FieldSchema("duration_seconds", .number, .systemOperations, "Running time."),
        FieldSchema("maturity_rating", .string, .systemOperations, "Rating of the local authority."),
        FieldSchema("languages", .array, .systemOperations, "Languages that it can be heard in."),
        FieldSchema("for_kids", .boolean, .systemOperations, "Whether it is made for children."),
        FieldSchema("available_from", .timestamp, .systemOperations, "From when it can be watched."),
        FieldSchema("available_until", .timestamp, .systemOperations, "Until when it can be watched."),
        FieldSchema("cast", .array, .systemOperations, "Actors by name."),
        FieldSchema("directors", .array, .systemOperations, "Directors by name."),
        FieldSchema("description", .string, .systemOperations, "What it is about."),
        FieldSchema("url", .string, .systemOperations, "A page about the title."),
        FieldSchema("imdb_id", .string, .systemOperations, "Key in the Internet Movie Database."),
        FieldSchema("tmdb_id", .string, .systemOperations, "Key in The Movie Database."),
    ]

    private static let recommendationFields: [FieldSchema] =
        titleOfViewer + [
            FieldSchema("row", .string, .systemOperations, "Row of the page that it stood in."),
            FieldSchema("position", .number, .systemOperations, "Place in the row, from 1."),
            FieldSchema("score", .number, .userBehavior, "The recommender's score."),
            FieldSchema("because", .string, .userBehavior, "The reason given."),
            FieldSchema("events", .array, .userBehavior, "The events behind it: `source` and `id` of each."),
            FieldSchema("recommender", .string, .systemOperations, "Plugin or model that made it."),
            FieldSchema("propensity", .number, .systemOperations, "How probable this title was in this place."),
            FieldSchema("experiment", .string, .systemOperations, "Experiment that it was part of."),
            FieldSchema("variant", .string, .systemOperations, "Variant of the experiment that made it."),
        ]

    private static let adFields: [FieldSchema] =
        profileFields + [
            FieldSchema("ad_id", .string, .systemOperations, "Key of the advertisement."),
            FieldSchema("campaign", .string, .systemOperations, "Campaign that it belongs to."),
            FieldSchema("advertiser", .string, .systemOperations, "Who pays for it."),
            FieldSchema("segment", .string, .userBehavior, "Segment that it was chosen for."),
            FieldSchema("placement", .string, .systemOperations, "Where it was shown."),
            FieldSchema("cookie_id", .string, .userDeviceCookieID, "The cookie that came with the request."),
            FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
            FieldSchema("url", .string, .userBehaviorBrowsingHistory, "Where the click led."),
            gpc,
        ]

    private static let requestFields: [FieldSchema] =
        profileFields + [
            FieldSchema("email", .string, .userContactEmail, "Where the answer goes."),
            FieldSchema("channel", .string, .systemOperations, "How the wish was made."),
            FieldSchema("reference", .string, .userUniqueID, "Key of the request."),
            FieldSchema("text", .string, .userContentPrivate, "The wish in the viewer's words."),
        ]
}
