describe("second-screen-searchers", function()
  local viewer
  before_each(function() viewer = segment() end)

  -- Played from 20:00 to the time given.
  local function play(day, clock, seconds, device)
    local event = build.playback_stopped{ device = device or "Smart TV", seconds_watched = seconds }
    event.id, event.time = "p" .. day, ("2026-01-%02dT%sZ"):format(day, clock)
    return event
  end

  local function search(day, clock, device)
    local event = build.search_made{ device = device or "smartphone" }
    event.id, event.time = "s" .. day .. clock, ("2026-01-%02dT%sZ"):format(day, clock)
    return event
  end

  it("finds who searches twice on a phone while the television plays", function()
    viewer:fold(search(10, "20:20:00"), search(10, "20:50:00"), play(10, "21:00:00", 3600))
    local answer = viewer:member("2026-01-11T00:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("searched 2 times while the television played, last on 10 January 2026")
    expect(answer.events).to_equal({ "s1020:50:00", "s1020:20:00" })
  end)

  it("lets searches pass before and after, on the television itself, and while a phone plays", function()
    viewer:fold(play(10, "21:00:00", 3600), search(10, "20:20:00"))
    viewer:fold(search(10, "19:59:59"), search(10, "21:00:00"), search(10, "20:50:00", "smart tv"))
    viewer:fold(search(11, "20:20:00"), play(11, "21:00:00", 3600, "smartphone"))
    expect(viewer:member("2026-01-12T00:00:00Z").member).to_be(false)
    viewer:fold(search(10, "20:59:59", "tablet"))
    expect(viewer:member("2026-01-12T00:00:00Z").member).to_be(true)
  end)

  it("takes only quarters of an hour in which it played all through", function()
    viewer:fold(play(10, "21:05:00", 3600), search(10, "20:10:00"), search(10, "21:02:00"), search(10, "20:15:00"))
    expect(viewer:member("2026-01-11T00:00:00Z").member).to_be(false)
    viewer:fold(play(10, "22:05:00", 60), search(10, "22:00:00"), search(10, "22:20:00"), search(10, "22:40:00"))
    expect(viewer:member("2026-01-11T00:00:00Z").member).to_be(false)
  end)

  it("knows plays over midnight", function()
    viewer:fold(play(11, "01:00:00", 7200), search(10, "23:40:00"), search(11, "00:20:00"))
    expect(viewer:member("2026-01-11T08:00:00Z").member).to_be(true)
  end)

  it("holds for two weeks after the search that it needs", function()
    viewer:fold(search(10, "20:20:00"), search(10, "20:50:00"), play(10, "21:00:00", 3600))
    local answer = viewer:member("2026-01-11T00:00:00Z")
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for day = 1, 28, 3 do
      list[#list + 1] = search(day, "20:20:00")
      list[#list + 1] = play(day, "21:00:00", 3600)
      list[#list + 1] = search(day, "22:00:00")
    end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-01-29T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-01-29T00:00:00Z")).to_equal(straight)
    end
  end)

  it("keeps few days, whatever comes", function()
    local list = {}
    for number = 1, 3000 do
      local event = build.search_made{ device = "phone" }
      event.id, event.time = "s" .. number, os.date("!%Y-%m-%dT%H:%M:%SZ", 1767225600 + number * 7200)
      list[#list + 1] = event
    end
    viewer:fold(table.unpack(list))
    expect(viewer:failures()).to_equal({})
  end)

  it("takes events in which fields are missing, null or beyond reason", function()
    viewer:fold(
      search(10, "20:20:00", json.null), play(10, "21:00:00", 1e300), play(10, "21:00:00", -5),
      play(10, "21:00:00", json.null), build.playback_stopped{ device = json.null },
      parse('{"specversion":"1.0","id":"1","source":"test","type":"search.made","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
  end)
end)
