describe("binge-watchers", function()
  local function episode(number, time, data)
    local event = build.playback_stopped{
      title = "Night Trains: Episode " .. number, title_id = "nt-" .. number, series = "Night Trains",
      seconds_watched = 2700, position_seconds = 2700,
    }
    for key, value in pairs(data or {}) do event.data[key] = value end
    event.id, event.time = "e" .. number, time
    return event
  end

  local function evening()
    return {
      episode(1, "2026-02-01T19:00:00+01:00"), episode(2, "2026-02-01T20:00:00+01:00"),
      episode(3, "2026-02-01T23:30:00+01:00"), episode(4, "2026-02-02T00:30:00+01:00"),
      episode(5, "2026-02-02T05:59:00+01:00"),
    }
  end

  local viewer
  before_each(function() viewer = segment() end)

  it("finds who watches four episodes of a series in one evening, which may last till six in the morning", function()
    viewer:fold(table.unpack(evening()))
    local answer = viewer:member("2026-02-03T00:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("watched 5 episodes of Night Trains on 1 February 2026")
    expect(answer.events).to_equal({ "e1", "e2", "e3", "e4", "e5" })
  end)

  it("lets three episodes pass, and four on two evenings", function()
    local list = evening()
    viewer:fold(list[1], list[2], list[3], episode(4, "2026-02-02T06:00:00+01:00"))
    expect(viewer:member("2026-02-03T00:00:00Z").member).to_be(false)
  end)

  it("counts what was watched to its end: nine tenths, or a quarter of an hour where the length is unknown", function()
    viewer:fold(build.title_added{ title_id = "nt-9", title = "Nine", duration_seconds = 2000 })
    local list = evening()
    viewer:fold(list[1], list[2], list[3])
    viewer:fold(episode(9, "2026-02-01T21:00:00+01:00", { position_seconds = 1799 }))
    viewer:fold(episode(4, "2026-02-01T22:00:00+01:00", { seconds_watched = 899 }))
    expect(viewer:member("2026-02-03T00:00:00Z").member).to_be(false)
    viewer:fold(episode(9, "2026-02-01T21:00:00+01:00", { position_seconds = 1800 }))
    expect(viewer:member("2026-02-03T00:00:00Z").reason).to_contain("4 episodes")
    viewer:fold(episode(5, "2026-02-01T22:00:00+01:00", { seconds_watched = 900 }))
    expect(viewer:member("2026-02-03T00:00:00Z").reason).to_contain("5 episodes")
  end)

  it("does not mix series, and takes the catalogue's where the event names none", function()
    local list = evening()
    viewer:fold(list[1], list[2], list[3], episode(4, "2026-02-01T22:00:00+01:00", { series = "The Long Field" }))
    expect(viewer:member("2026-02-03T00:00:00Z").member).to_be(false)
    viewer:fold(build.title_added{ title_id = "nt-5", series = "Night Trains", duration_seconds = 2700 })
    viewer:fold(episode(5, "2026-02-01T22:00:00+01:00", { series = json.null }))
    expect(viewer:member("2026-02-03T00:00:00Z").reason).to_be("watched 4 episodes of Night Trains on 1 February 2026")
  end)

  it("holds for a week after the evening", function()
    viewer:fold(table.unpack(evening()))
    expect(viewer:member("2026-02-07T23:59:59Z").expires).to_be(viewer:member("2026-02-03T00:00:00Z").expires)
    expect(viewer:member("2026-02-07T23:59:59Z").member).to_be(true)
    expect(viewer:member("2026-02-08T00:00:00Z").member).to_be(false)
  end)

  it("answers the same whatever the order of the events", function()
    local list = evening()
    for day = 2, 6 do list[#list + 1] = episode(day + 4, ("2026-02-0%dT20:00:00+01:00"):format(day)) end
    list[#list + 1] = episode(20, "2026-01-20T20:00:00+01:00")
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-02-07T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      local answer = other:member("2026-02-07T00:00:00Z")
      table.sort(answer.events)
      expect(answer).to_equal(straight)
    end
  end)

  it("keeps nothing of evenings that are older than a week, whenever they come", function()
    viewer:fold(table.unpack(evening()))
    viewer:fold(episode(1, "2026-02-20T20:00:00+01:00"), episode(2, "2026-02-13T20:00:00+01:00"))
    expect(viewer:state()).to_equal({ [20504] = { ["Night Trains"] = { 6 } } })
  end)

  it("takes events in which fields are missing or null", function()
    viewer:fold(
      build.playback_stopped{ title = json.null, title_id = json.null, series = json.null },
      build.playback_stopped{ seconds_watched = json.null, position_seconds = json.null },
      parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
    expect(viewer:member("2026-02-03T00:00:00Z").member).to_be(false)
  end)

  it("sees no child, and nobody who has not agreed", function()
    for _, event in ipairs(evening()) do
      event.data.is_kids = true
      viewer:fold(event)
    end
    expect(viewer:member("2026-02-03T00:00:00Z").member).to_be(false)
    local silent = segment{ consent = false }
    silent:fold(table.unpack(evening()))
    expect(silent:member("2026-02-03T00:00:00Z").member).to_be(false)
  end)
end)
