let manifest: StaticString = """
    {
      "kind": "redactor",
      "name": "in-swift",
      "version": "1.0.0",
      "reads": ["user.device.ip_address"]
    }
    """

/// `.pass` lets the event go on as it is then, `.drop` drops it. After `fail(_:)` it goes to quarantine.
func redact() -> Decision {
    if let ip = Event.text("data.ip") { Event.setText("data.ip", Mask.ip(ip)) }
    return .pass
}
