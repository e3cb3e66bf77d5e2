describe("drama-fans", function()
  local viewer
  before_each(function()
    viewer = segment()
    viewer:fold(
      build.title_added{ title_id = "d", title = "The Last Ferryman", genres = { "Romance", "DRAMA" } },
      build.title_added{ title_id = "c", title = "Double Booked", genres = { "Comedy" } })
  end)

  local function play(title, day, hours, data)
    local event = build.playback_stopped{ title_id = title, title = json.null, seconds_watched = hours * 3600 }
    for key, value in pairs(data or {}) do event.data[key] = value end
    event.id, event.time = title .. day, ("2026-01-%02dT20:00:00Z"):format(day)
    return event
  end

  it("finds who spends half of three hours on it", function()
    viewer:fold(play("d", 10, 1.5), play("c", 10, 1.5))
    local answer = viewer:member("2026-01-10T23:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("spent 50 % of the watching time of recent weeks on Drama")
    expect(answer.events).to_equal({ "d10" })
  end)

  it("lets less than half pass, and less than three hours", function()
    viewer:fold(play("d", 10, 2.99))
    expect(viewer:member("2026-01-10T23:00:00Z").member).to_be(false)
    viewer:fold(play("c", 10, 3))
    expect(viewer:member("2026-01-10T23:00:00Z").member).to_be(false)
  end)

  it("knows titles by their names as well, and leaves out those that it does not know", function()
    viewer:fold(play("d", 10, 3, { title_id = json.null, title = "The Last Ferryman" }), play("unknown", 10, 20))
    expect(viewer:member("2026-01-10T23:00:00Z").reason).to_contain("100 %")
  end)

  it("forgets the half in four weeks, and says when too little is left", function()
    viewer:fold(play("d", 1, 6))
    expect(viewer:member("2026-01-28T23:59:59Z").member).to_be(true)
    local answer = viewer:member("2026-01-10T00:00:00Z")
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
    viewer:fold(play("c", 29, 4))
    expect(viewer:member("2026-01-29T23:00:00Z").member).to_be(false)
  end)

  it("keeps the three latest events of the genre", function()
    for day = 1, 5 do viewer:fold(play("d", day, 2), play("c", day, 1)) end
    expect(viewer:member("2026-01-05T23:00:00Z").events).to_equal({ "d5", "d4", "d3" })
    expect(#viewer:state().l).to_be(6)
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for day = 1, 28 do list[#list + 1] = play(day % 3 == 0 and "c" or "d", day, day % 4) end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-01-29T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-01-29T00:00:00Z")).to_equal(straight)
    end
  end)

  it("takes events in which fields are missing, null or beyond reason", function()
    viewer:fold(play("d", 1, 1, { seconds_watched = json.null }), play("d", 1, 1, { seconds_watched = -1 }))
    viewer:fold(play("d", 1, 1, { seconds_watched = 1e300 }), build.playback_stopped{ title_id = json.null })
    viewer:fold(
      parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
    expect(viewer:member("2026-01-02T00:00:00Z").member).to_be(false)
  end)
end)
