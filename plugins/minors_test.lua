describe("minors", function()
  for _, name in ipairs({
    "ad_shown", "ad_clicked", "beacon_fired", "page_visited", "supplement_browsing", "supplement_demographic",
    "supplement_interest",
  }) do
    it("drops a child's " .. name .. ", and no other's", function()
      local event = build[name]{ is_kids = true }
      expect(redact(event)).to_be_dropped()
      event.data.is_kids = false
      expect(redact(event)).to_equal(event)
      event.data.is_kids = nil
      expect(redact(event)).to_equal(event)
    end)
  end

  for _, case in ipairs({
    { "search_made", "query", "result" },
    { "review_written", "text" },
    { "support_contacted", "transcript" },
    { "session_started", "ip", "device_id", "location", "region" },
    { "playback_started", "ip", "device_id", "region" },
  }) do
    it("takes what may tell a child out of " .. case[1] .. ", and nothing else", function()
      local event = build[case[1]]{ is_kids = true }
      local redacted = redact(event)
      for i = 2, #case do
        expect(event.data[case[i]]).never.to_be_nil()
        event.data[case[i]] = nil
      end
      expect(redacted).to_equal(event)
    end)
  end

  it("lets no cookie pass where the type does not list one", function()
    local event = build.search_made{ is_kids = true, cookie_id = "ck-1" }
    expect(redact(event)).to_fail_with("error")
  end)

  it("does not touch events that say nothing of a child", function()
    local event = build.playback_started{ is_kids = json.null }
    expect(redact(event)).to_equal(event)
    local bare = parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.started"}')
    expect(redact(bare)).to_equal(bare)
  end)
end)
