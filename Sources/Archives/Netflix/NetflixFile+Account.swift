extension NetflixFile {
    /// The account, its profiles and what was paid.
    static let accountFiles = [
        NetflixFile(
            "accountdetails", "account.opened", needed: ["email address"], special: .channels,
            [
                Column("first name", "given_name"), Column("last name", "family_name"),
                Column("email address", "email"), Column("phone number", "phone"),
                Column("postal code", "postal_address.postal_code"), Column("brazil cpf", "government_id"),
                Column("country of registration", "country"), Column("membership status", "membership_status"),
                Column("customer creation timestamp", "", .time), Column("has rejoined", "has_rejoined", .boolean),
                Column("test participation", "test_participation"),
            ]),
        NetflixFile(
            "profiles", "account.updated", needed: ["profile name"], constants: [("change", "profile")],
            special: .profile,
            [
                profile, Column("game handle", "username"), Column("email address", "email"),
                Column("maturity level", "maturity_level"), Column("primary lang", "language"),
                Column("date of birth", "date_of_birth"), Column("gender", "gender"),
                Column("profile creation time", "created_at", .timestamp),
                Column("autoplay next episode", "autoplay", .boolean), Column("opt out", "", .own),
                Column("privacy and data settings", "", .own),
            ]),
        NetflixFile(
            "avatarhistory", "account.updated", constants: [("change", "avatar")],
            [
                profile, Column("avatar", "avatar"), Column("avatar name", "avatar"),
                Column("selected avatar", "avatar"), Column("utc timestamp", "", .time), Column("date", "", .time),
            ]),
        NetflixFile(
            "parentalcontrolsrestrictedtitles", "account.updated", form: .blocks,
            constants: [("change", "parental controls")], special: .restrictions,
            [profile, Column("text", "", .own)]),
        NetflixFile(
            "subscriptionhistory", "account.updated", needed: ["subscription opened ts"],
            constants: [("change", "plan")],
            [
                Column("subscription opened ts", "created_at", .timestamp),
                Column("signup plan category", "signup_plan"),
                Column("plan change date", "", .time), Column("plan change old category", "previous_plan"),
                Column("plan change new category", "plan"), Column("cancellation date", "cancelled_at", .timestamp),
                Column("is customer initiated cancel", "cancelled_by_viewer", .boolean),
            ]),
        NetflixFile(
            "billinghistory", "account.updated", needed: ["transaction date"], constants: [("change", "payment")],
            [
                Column("transaction date", "", .time), Column("service period", "service_period"),
                Column("description", "description"), Column("payment type", "payment_method.kind"),
                Column("mop last 4", "payment_method.last4"),
                Column("mop pmt processor desc", "payment_method.processor"),
                Column("mop creation date", "payment_method.added_at"), Column("item price amt", "amount", .number),
                Column("tax amt", "tax", .number), Column("gross sale amt", "total", .number),
                Column("currency", "currency"), Column("pmt txn type", "transaction_kind"),
                Column("pmt status", "payment_status"), Column("final invoice result", "invoice_result"),
                Column("country", "country"), Column("next billing date", "next_billing_date"),
            ]),
        NetflixFile(
            "termsofuse", "account.updated", constants: [("change", "terms")],
            [
                Column("terms of use version", "terms_version"), Column("version", "terms_version"),
                Column("terms", "terms_version"), Column("date", "", .time), Column("acceptance date", "", .time),
                Column("country", "country"),
            ]),
        NetflixFile(
            "extramembers", "account.updated", form: .blocks, constants: [("change", "extra member")],
            [
                profile, Column("email address", "email"), Column("email", "email"), Column("name", "name"),
                Column("status", "membership_status"), Column("date", "", .time), Column("text", "description"),
            ]),
    ]

    /// What was said and clicked.
    static let contactFiles = [
        NetflixFile(
            "clickstream", "page.visited", needed: ["webpage url"],
            [
                profile, Column("webpage url", "url"), Column("referrer url", "referrer"), Column("source", "device"),
                Column("navigation level", "navigation_level"), Column("click utc ts", "", .time),
            ]),
        NetflixFile(
            "messagessentbynetflix", "message.sent", needed: ["message name"],
            [
                profile, Column("message name", "message"), Column("channel", "channel"), Column("type", "kind"),
                Column("title name", "title"), Column("click utc ts", "clicked_at", .timestamp),
                Column("click cnt", "clicks", .number), Column("device model", "device"),
                Column("country iso code", "country"), Column("sent utc ts", "", .time),
            ]),
        NetflixFile("cscontact", "support.contacted", form: .blocks, supportColumns),
        NetflixFile(
            "chattranscripts", "support.contacted", form: .blocks, constants: [("channel", "chat")], supportColumns),
        NetflixFile(
            "productcancellationsurvey", "review.written", form: .blocks,
            constants: [("topic", "cancellation survey")],
            [
                profile, Column("text", "text"), Column("answer", "text"), Column("response", "text"),
                Column("comment", "text"), Column("rating", "rating", .number), Column("date", "", .time),
                Column("utc timestamp", "", .time),
            ]),
        NetflixFile(
            "socialmediaconnections", "supplement.interest", form: .blocks, constants: [("provider", "social network")],
            [
                profile, Column("network", "network"), Column("social network", "network"),
                Column("account", "account"),
                Column("account id", "account"), Column("date", "", .time), Column("connected", "", .time),
                Column("text", "text"),
            ]),
    ]

    private static let supportColumns = [
        profile, Column("contact date", "", .time), Column("date", "", .time), Column("utc timestamp", "", .time),
        Column("session start", "", .time), Column("channel", "channel"), Column("contact channel", "channel"),
        Column("topic", "topic"), Column("reason", "topic"), Column("contact reason", "topic"),
        Column("resolution", "resolution"), Column("agent", "agent"), Column("duration", "duration_seconds", .seconds),
        Column("phone", "phone"), Column("phone number", "phone"), Column("email", "email"),
        Column("email address", "email"), Column("country", "country"), Column("transcript", "transcript"),
        Column("message", "transcript"), Column("text", "transcript"),
    ]
}
