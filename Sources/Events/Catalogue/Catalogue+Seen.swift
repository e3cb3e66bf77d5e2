extension Catalogue {
    /// What the service sees of its viewers, but for playback.
    static let seenTypes: [TypeSchema] = [
        TypeSchema(
            "device.seen", .seen, "A device was used or registered.",
            profileFields + [
                FieldSchema("device", .string, .userDevice, "`smartphone`, `tablet`, `smart tv`, ... or the model."),
                FieldSchema("device_id", .string, .userDeviceDeviceID, "The device's identifier (Netflix: ESN)."),
                FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
                FieldSchema("first_seen", .timestamp, .userDevice, "First use on the account."),
                FieldSchema("last_seen", .timestamp, .userDevice, "Last use on the account."),
                FieldSchema("profile_first_seen", .timestamp, .userDevice, "First use by the profile."),
                FieldSchema("profile_last_seen", .timestamp, .userDevice, "Last use by the profile."),
                FieldSchema("first_chosen_play", .timestamp, .userDevice, "First play on the account by choice."),
                FieldSchema("last_chosen_play", .timestamp, .userDevice, "Last play on the account by choice."),
                FieldSchema(
                    "profile_first_chosen_play", .timestamp, .userDevice, "First play of the profile by choice."),
                FieldSchema("profile_last_chosen_play", .timestamp, .userDevice, "Last play of the profile by choice."),
                FieldSchema("deactivated_at", .timestamp, .userDevice, "When the device was signed out."),
                FieldSchema("os", .string, .userDevice, "Operating system."),
                appVersion,
            ]
        ),
        TypeSchema(
            "session.started", .seen, "The service was opened, signed in to or streamed from.",
            profileFields + [
                FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
                FieldSchema("country", .string, .userLocationImprecise, "Country derived from the address."),
                FieldSchema("region", .string, .userLocationImprecise, "Region derived from the address."),
                FieldSchema("location", .string, .userLocationImprecise, "Place derived from the address."),
                FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
                FieldSchema("device_id", .string, .userDeviceDeviceID, "The device's identifier (Netflix: ESN)."),
                FieldSchema("device_localized", .string, .userDevice, "The device in the viewer's language."),
                FieldSchema("user_agent", .string, .userDevice, "The browser's or app's own description."),
                FieldSchema("session_id", .string, .userUniqueIDPseudonymous, "Key of the session."),
                FieldSchema("activity", .string, .systemOperations, "`login`, `streaming` or `account creation`."),
                appVersion, gpc,
            ]
        ),
        TypeSchema(
            "search.made", .seen, "Something was searched for.",
            profileFields + [
                FieldSchema("query", .string, .userBehaviorSearchHistory, "What was typed."),
                FieldSchema("result", .string, .userBehaviorSearchHistory, "What was chosen from the results."),
                FieldSchema("action", .string, .userBehaviorSearchHistory, "What was done with the result."),
                FieldSchema("section", .string, .userBehaviorSearchHistory, "Part of the results that it was in."),
                FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
                appVersion, gpc,
            ]
        ),
        TypeSchema(
            "support.contacted", .seen, "The viewer spoke or wrote to customer service.",
            profileFields + [
                FieldSchema("transcript", .string, .userContentPrivate, "What was said or written."),
                FieldSchema("channel", .string, .userContentPrivate, "`chat`, `phone`, `e-mail`."),
                FieldSchema("topic", .string, .userContentPrivate, "What it was about."),
                FieldSchema("resolution", .string, .userContentPrivate, "How it ended."),
                FieldSchema("agent", .string, .userContentPrivate, "Who answered."),
                FieldSchema("duration_seconds", .number, .userContentPrivate, "How long it took."),
                FieldSchema("phone", .string, .userContactPhoneNumber, "Number called from."),
                FieldSchema("email", .string, .userContactEmail, "Address written from."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
            ]
        ),
        TypeSchema(
            "page.visited", .seen, "A page of the service was opened.",
            profileFields + [
                FieldSchema("url", .string, .userBehaviorBrowsingHistory, "The page."),
                FieldSchema("referrer", .string, .userBehaviorBrowsingHistory, "The page that led to it."),
                FieldSchema("cookie_id", .string, .userDeviceCookieID, "The cookie that came with the request."),
                FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
                FieldSchema("user_agent", .string, .userDevice, "The browser's or app's own description."),
                FieldSchema("device", .string, .userDevice, "Where the click came from."),
                FieldSchema("navigation_level", .string, .userBehaviorBrowsingHistory, "Part of the service."),
                gpc,
            ]
        ),
        TypeSchema(
            "beacon.fired", .seen, "A web beacon reported a page or a mail that was opened.",
            profileFields + [
                FieldSchema("cookie_id", .string, .userDeviceCookieID, "The cookie that came with the request."),
                FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
                FieldSchema("url", .string, .userBehaviorBrowsingHistory, "What was opened."),
                FieldSchema("referrer", .string, .userBehaviorBrowsingHistory, "The page that led to it."),
                FieldSchema("user_agent", .string, .userDevice, "The browser's or app's own description."),
                FieldSchema("campaign", .string, .systemOperations, "Campaign that the beacon belongs to."),
                gpc,
            ]
        ),
        TypeSchema(
            "message.sent", .seen, "The service sent the viewer a message.",
            titleOfViewer + [
                FieldSchema("message", .string, .systemOperations, "Name of the message."),
                FieldSchema("channel", .string, .userContact, "`EMAIL`, `PUSH`, ..."),
                FieldSchema("kind", .string, .systemOperations, "What the message is for."),
                FieldSchema("clicked_at", .timestamp, .userBehavior, "When it was clicked."),
                FieldSchema("clicks", .number, .userBehavior, "How often it was clicked."),
                FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
            ]
        ),
        TypeSchema(
            "game.played", .seen, "A game was played.",
            profileFields + [
                FieldSchema("game", .string, .userBehaviorMediaConsumption, "Name of the game."),
                FieldSchema("seconds_played", .number, .userBehaviorMediaConsumption, "How long."),
                FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
                FieldSchema("platform", .string, .userDevice, "Platform and its version."),
                FieldSchema("device_id", .string, .userDeviceDeviceID, "The device's identifier."),
                FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
                FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
            ]
        ),
        TypeSchema(
            "choice.made", .seen, "A way was chosen in an interactive title.",
            titleOfViewer + [
                FieldSchema("choice", .string, .userBehaviorMediaConsumption, "Segment that was chosen."),
                FieldSchema("kind", .string, .userBehaviorMediaConsumption, "How it was chosen."),
                FieldSchema("has_watched", .boolean, .userBehaviorMediaConsumption, "Whether the segment was seen."),
                FieldSchema("device", .string, .userDevice, "Where it was chosen."),
            ]
        ),
    ]
}
