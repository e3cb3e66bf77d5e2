describe("search-success", function()
  local q
  before_each(function() q = quality() end)

  local function at(clock, kind, viewer)
    local event = build[kind]()
    event.subject, event.time = viewer or "anna", "2026-01-10T" .. clock .. "Z"
    return event
  end

  local function search(clock, viewer) return at(clock, "search_made", viewer) end
  local function play(clock, viewer) return at(clock, "playback_started", viewer) end

  it("counts searches that a play follows within ten minutes", function()
    q:fold(search("20:00:00"), play("20:10:00"), search("21:00:00"), play("21:10:01"), search("22:00:00"))
    expect(q:report()).to_equal({ searches = 3, success_share = 1 / 3 })
  end)

  it("lets one play answer several searches, and each of them once", function()
    q:fold(search("20:00:00"), search("20:01:00"), play("20:02:00"), play("20:03:00"))
    expect(q:report()).to_equal({ searches = 2, success_share = 1 })
  end)

  it("does not mix viewers", function()
    q:fold(search("20:00:00", "anna"), play("20:01:00", "petr"))
    expect(q:report().success_share).to_be(0.0)
  end)

  it("tells devices and hours apart", function()
    local other = search("23:00:00")
    other.data.device = "tv"
    q:fold(search("20:00:00"), play("20:01:00"), other)
    expect(q:report("device", "tv")).to_equal({ searches = 1, success_share = 0 })
    expect(q:report("hour", "20")).to_equal({ searches = 1, success_share = 1 })
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for hour = 16, 19 do
      list[#list + 1] = search(hour .. ":00:00")
      list[#list + 1] = play(hour .. ":0" .. hour % 4 * 3 .. ":30")
      list[#list + 1] = search(hour .. ":30:00")
    end
    q:fold(table.unpack(list))
    expect(q:report().searches).to_be(8)
    for seed = 1, 5 do
      local other = quality()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:report()).to_equal(q:report())
    end
  end)

  it("takes events without data", function()
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"search.made","subject":"anna"}')
    event.time = "2026-02-01T20:00:00Z"
    q:fold(event)
    expect(q:failures()).to_equal({})
  end)
end)
