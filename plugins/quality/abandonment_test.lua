describe("abandonment", function()
  local q
  before_each(function()
    q = quality()
    q:fold(build.title_added{ title_id = "t", title = "Night Trains", duration_seconds = 4000 })
  end)

  local function stop(watched, position, title)
    return build.playback_stopped{ seconds_watched = watched, position_seconds = position, title_id = title or "t" }
  end

  it("tells how many end within two minutes, and before each quarter", function()
    q:fold(stop(119, 119), stop(120, 999), stop(2000, 1000), stop(1, 1999), stop(3000, 3000), stop(4000, 4000))
    expect(q:report()).to_equal({
      plays = 6, early_share = 2 / 6, by_quarter_share = 2 / 6, by_half_share = 4 / 6, by_three_quarters_share = 4 / 6,
    })
  end)

  it("takes what was watched where it is unknown where the play ended", function()
    q:fold(stop(2500, json.null))
    expect(q:report().by_half_share).to_be(0.0)
    expect(q:report().by_three_quarters_share).to_be(1.0)
  end)

  it("counts titles of unknown length by their minutes alone", function()
    q:fold(stop(60, 60, "u"), stop(4000, 4000))
    local row = q:report()
    expect(row.plays).to_be(2)
    expect(row.early_share).to_be(0.5)
    expect(row.by_three_quarters_share).to_be(0.0)
  end)

  it("leaves out what is not measured", function()
    q:fold(stop(json.null, 5), stop(-1, 5))
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","subject":"anna"}')
    event.time = "2026-02-01T20:00:00Z"
    q:fold(event)
    expect(q:report()).to_equal({ plays = 0 })
    expect(q:failures()).to_equal({})
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for i = 1, 40 do list[i] = stop(i * 97, i * 97) end
    q:fold(table.unpack(list))
    local other = quality()
    other:fold(table.unpack(shuffled(list)))
    expect(other:report()).to_equal(q:report())
  end)
end)
