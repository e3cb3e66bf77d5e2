describe("completion", function()
  local q
  before_each(function()
    q = quality()
    q:fold(build.title_added{ title_id = "t", title = "Night Trains", duration_seconds = 1000 })
  end)

  local function stop(position, data)
    local event = build.playback_stopped{ position_seconds = position, title_id = "t" }
    for key, value in pairs(data or {}) do event.data[key] = value end
    return event
  end

  it("tells how many come to nine tenths, and the median", function()
    q:fold(stop(900), stop(899), stop(1000), stop(100), stop(1200))
    local row = q:report()
    expect(row.plays).to_be(5)
    expect(row.completed_share).to_be(0.6)
    expect(row.p50_share).to_be_near(0.9, 0.01)
    for _ = 1, 10 do q:fold(stop(1200)) end
    expect(q:report().p50_share).to_be_near(1, 0.02)
  end)

  it("finds titles by their names, and takes what was watched where the place is unknown", function()
    q:fold(stop(json.null, { title_id = json.null, title = "Night Trains", seconds_watched = 950 }))
    expect(q:report().completed_share).to_be(1.0)
  end)

  it("leaves out titles of unknown length, and what is not measured", function()
    q:fold(stop(500, { title_id = "u" }), stop(json.null, { seconds_watched = json.null }), stop(-1))
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","subject":"anna"}')
    event.time = "2026-02-01T20:00:00Z"
    q:fold(event)
    expect(q:report()).to_equal({ plays = 0 })
    expect(q:failures()).to_equal({})
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for i = 1, 40 do list[i] = stop(i * 31) end
    q:fold(table.unpack(list))
    local other = quality()
    other:fold(table.unpack(shuffled(list)))
    expect(other:report()).to_equal(q:report())
  end)
end)
