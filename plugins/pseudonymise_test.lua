describe("pseudonymise", function()
  local function event(subject, data)
    local made = build.playback_started(data)
    made.subject = subject
    return redact(made)
  end

  it("gives a viewer the same pseudonym in all events, and others another", function()
    local first, again, other = event("anna"), event("anna"), event("petr")
    expect(first.subject).never.to_be("anna")
    expect(first.subject).to_be(again.subject)
    expect(first.subject).never.to_be(other.subject)
    expect(first.subject).to_match("^%x+$")
  end)

  it("gives a subject that is merged into another, or split off, the pseudonym that it has in its own events", function()
    for _, name in ipairs({ "viewer_merged", "viewer_split" }) do
      local merged = build[name]{ from = "petr" }
      merged.subject = "anna"
      merged = redact(merged)
      expect(merged.subject).to_be(event("anna").subject)
      expect(merged.data.from).to_be(event("petr").subject)
    end
  end)

  it("replaces profiles, devices, sessions and accounts", function()
    for _, case in ipairs({
      { "playback_started", "profile" }, { "device_seen", "device_id" }, { "session_started", "session_id" },
      { "beacon_fired", "cookie_id" }, { "playback_stopped", "playback_id" }, { "supplement_interest", "account" },
      { "access_requested", "reference" }, { "account_opened", "username" }, { "viewer_merged", "from" },
    }) do
      local value = redact(build[case[1]]{ [case[2]] = "secret" }).data[case[2]]
      expect(value).to_match("^%x+$")
      expect(value).never.to_contain("secret")
    end
  end)

  it("leaves null, and what it is not about, as it was", function()
    local before = build.playback_started{ profile = json.null, playback_id = json.null, device_id = json.null }
    local after = redact(before)
    before.subject, after.subject = nil, nil
    expect(after).to_equal(before)
  end)

  it("takes an event without data and subject", function()
    local bare = '{"specversion":"1.0","id":"1","source":"test","type":"x"}'
    expect(redact(bare)).to_equal({ specversion = "1.0", id = "1", source = "test", type = "x" })
  end)
end)
