describe("new-parents", function()
  local viewer
  before_each(function()
    viewer = segment()
    viewer:fold(
      build.title_added{ title_id = "bobo", genres = { "Animation", "Kids" }, maturity_rating = json.null },
      build.title_added{ title_id = "mimi", genres = json.null, maturity_rating = "TV-Y" },
      build.title_added{ title_id = "film", genres = { "Animation" }, maturity_rating = "16" })
  end)

  local function play(title, day, data)
    local event = build.playback_stopped{ title_id = title, title = json.null, seconds_watched = 600 }
    for key, value in pairs(data or {}) do event.data[key] = value end
    event.id, event.time = title .. day, ("2026-01-%02dT17:00:00Z"):format(day)
    return event
  end

  it("finds on whose profile children's titles are watched on three days", function()
    viewer:fold(play("bobo", 2), play("mimi", 5), play("bobo", 9))
    local answer = viewer:member("2026-01-10T00:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("children's titles were watched on 3 days of four weeks, last on 9 January 2026")
    expect(answer.events).to_equal({ "bobo9", "mimi5", "bobo2" })
  end)

  it("lets other titles pass, wrong buttons, and two days", function()
    viewer:fold(play("bobo", 2), play("bobo", 2), play("bobo", 3))
    viewer:fold(play("film", 4), play("unknown", 5), play("bobo", 6, { seconds_watched = 299 }))
    expect(viewer:member("2026-01-10T00:00:00Z").member).to_be(false)
    viewer:fold(play("bobo", 7, { seconds_watched = 300 }))
    expect(viewer:member("2026-01-10T00:00:00Z").member).to_be(true)
  end)

  it("never sees a child's profile", function()
    for day = 2, 9 do viewer:fold(play("bobo", day, { is_kids = true })) end
    expect(viewer:member("2026-01-10T00:00:00Z").member).to_be(false)
    expect(viewer:failures()).to_equal({})
  end)

  it("holds until the oldest of the days that it needs is four weeks old", function()
    viewer:fold(play("bobo", 2), play("bobo", 5), play("bobo", 9))
    local answer = viewer:member("2026-01-10T00:00:00Z")
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for day = 1, 31, 4 do list[#list + 1] = play(day % 8 == 1 and "mimi" or "bobo", day) end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-02-01T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-02-01T00:00:00Z")).to_equal(straight)
    end
  end)

  it("takes events in which fields are missing or null", function()
    viewer:fold(play("bobo", 2, { seconds_watched = json.null }), play("bobo", 2, { title_id = json.null }))
    viewer:fold(
      parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
  end)
end)
