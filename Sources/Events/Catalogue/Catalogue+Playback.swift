extension Catalogue {
    /// Watching, and how well it went.
    static let playbackTypes: [TypeSchema] = [
        TypeSchema("playback.started", .seen, "A title began to play.", playbackFields),
        TypeSchema("playback.progressed", .seen, "A title was played, paused or searched through.", playbackFields),
        TypeSchema("playback.stopped", .seen, "A title stopped playing.", playbackFields),
        TypeSchema("promotion.played", .seen, "A trailer, teaser or preview played; no viewing.", playbackFields),
    ]

    private static let playbackFields: [FieldSchema] =
        titleOfViewer + [
            FieldSchema("series", .string, .userBehaviorMediaConsumption, "The series that the episode belongs to."),
            FieldSchema("season", .string, .userBehaviorMediaConsumption, "The season's name."),
            FieldSchema("episode", .string, .userBehaviorMediaConsumption, "The episode's name."),
            FieldSchema("device", .string, .userDevice, "Kind or model of the device."),
            FieldSchema("device_id", .string, .userDeviceDeviceID, "The device's identifier."),
            FieldSchema("ip", .string, .userDeviceIPAddress, "IPv4 or IPv6 address."),
            FieldSchema("country", .string, .userLocationImprecise, "Country, as the service names it."),
            FieldSchema("region", .string, .userLocationImprecise, "Region within the country."),
            FieldSchema("position_seconds", .number, .userBehaviorMediaConsumption, "Where in the title it stands."),
            FieldSchema("seconds_watched", .number, .userBehaviorMediaConsumption, "How long it played."),
            FieldSchema("autoplayed", .boolean, .userBehaviorMediaConsumption, "Whether it began by itself."),
            FieldSchema("attributes", .string, .userBehaviorMediaConsumption, "The service's own remarks."),
            FieldSchema("is_latest_view", .boolean, .userBehaviorMediaConsumption, "Whether no later view exists."),
            FieldSchema("promotion", .string, .userBehaviorMediaConsumption, "Its kind: `TRAILER`, `HOOK`, ..."),
            FieldSchema(
                "traces", .array, .userBehaviorMediaConsumption,
                "Steps in order: `action`, `session_ms`, `position_ms`."),
            FieldSchema("startup_ms", .number, .userTelemetry, "Milliseconds from the wish to the first picture."),
            FieldSchema("rebuffers", .number, .userTelemetry, "How often it stalled."),
            FieldSchema("rebuffer_seconds", .number, .userTelemetry, "How long it stalled, in all."),
            FieldSchema("bitrate_kbps", .number, .userTelemetry, "Mean bit rate."),
            FieldSchema("errors", .number, .userTelemetry, "How many errors occurred."),
            FieldSchema("playback_id", .string, .userUniqueIDPseudonymous, "Key that ties start, progress and stop."),
            appVersion, gpc,
        ]
}
