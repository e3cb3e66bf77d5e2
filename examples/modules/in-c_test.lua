describe("in-c", function()
  it("takes the last part off an address", function()
    local event = redact(build.session_started{ ip = "192.0.2.33" })
    expect(event.data.ip).to_be("192.0.2.0")
  end)

  it("leaves all else as it was", function()
    local event = build.session_started{ ip = json.null }
    expect(redact(event)).to_equal(event)
  end)

  it("takes an event without data", function()
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"session.started"}')
    expect(redact(event)).to_equal(event)
  end)
end)
