describe("ad-frequency-cap", function()
  local viewer
  before_each(function() viewer = segment() end)

  local count = 0
  local function ad(hour, campaign)
    local event = build.ad_shown{ campaign = campaign }
    count = count + 1
    event.id, event.time = "a" .. count, ("2026-01-%02dT%02d:30:00Z"):format(10 + hour // 24, hour % 24)
    return event
  end

  it("keeps away from who saw one campaign four times in a day", function()
    viewer:fold(ad(1, "spring"), ad(5, "spring"), ad(9, "spring"), ad(10, "autumn"))
    expect(viewer:member("2026-01-10T20:00:00Z").member).to_be(false)
    viewer:fold(ad(20, "spring"))
    local answer = viewer:member("2026-01-10T21:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("saw 4 advertisements of spring within a day")
  end)

  it("keeps away from who saw twelve of any, with a name or without", function()
    for hour = 1, 11 do viewer:fold(ad(hour, hour % 2 == 0 and json.null or "c" .. hour)) end
    expect(viewer:member("2026-01-10T12:00:00Z").member).to_be(false)
    viewer:fold(ad(12, "last"))
    expect(viewer:member("2026-01-10T13:00:00Z").reason).to_be("saw 12 advertisements within a day")
  end)

  it("lets a viewer go when the first of them is a day old", function()
    viewer:fold(ad(1, "spring"), ad(5, "spring"), ad(9, "spring"), ad(20, "spring"))
    local answer = viewer:member("2026-01-10T21:00:00Z")
    expect(answer.expires).to_be(os.time({ year = 2026, month = 1, day = 11, hour = 1 }))
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
  end)

  it("names the campaign that was seen most, and holds until all are below their limits", function()
    for _, names in ipairs({ { "autumn", "spring" }, { "spring", "autumn" } }) do
      local other = segment()
      for _ = 1, 4 do other:fold(ad(1, names[1]), ad(3, names[2])) end
      other:fold(ad(1, names[1]))
      local answer = other:member("2026-01-10T21:00:00Z")
      expect(answer.reason).to_be(("saw 5 advertisements of %s within a day"):format(names[1]))
      expect(answer.expires).to_be(os.time({ year = 2026, month = 1, day = 11, hour = 3 }))
    end
  end)

  it("keeps few hours and few names, whatever comes", function()
    for hour = 1, 60 do
      for n = 1, 20 do viewer:fold(ad(hour, ("campaign with quite a long name %d of %d"):format(n, hour))) end
    end
    viewer:fold(ad(61, ("x"):rep(10000)), ad(61, ("y"):rep(10000)))
    expect(viewer:failures()).to_equal({})
    expect(viewer:member("2026-01-12T13:00:00Z").member).to_be(true)
    expect(viewer:member("2026-01-13T13:00:00Z").member).to_be(false)
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for hour = 1, 40, 3 do list[#list + 1] = ad(hour, hour % 2 == 0 and "spring" or "autumn") end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-01-11T17:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-01-11T17:00:00Z")).to_equal(straight)
    end
  end)

  it("takes events without data", function()
    viewer:fold(parse('{"specversion":"1.0","id":"1","source":"test","type":"ad.shown","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
  end)
end)
