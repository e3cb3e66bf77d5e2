describe("rebuffering", function()
  local q
  before_each(function() q = quality() end)

  local function stop(stalls, waited, watched)
    return build.playback_stopped{ rebuffers = stalls, rebuffer_seconds = waited, seconds_watched = watched }
  end

  it("tells how many plays stall, how often, and how much of the time is waiting", function()
    q:fold(stop(0, 0, 3600), stop(2, 12.5, 1800), stop(1, 7.5, 1780), stop(0, 0, 0))
    local row = q:report()
    expect(row.plays).to_be(4)
    expect(row.stalled_share).to_be(0.5)
    expect(row.stalls_per_hour).to_be_near(3 / (7180 / 3600))
    expect(row.waiting_share).to_be_near(20 / 7200)
  end)

  it("tells devices apart", function()
    local bad = stop(5, 60, 600)
    bad.data.device = "tv"
    q:fold(bad, stop(0, 0, 600))
    expect(q:report("device", "tv").stalled_share).to_be(1.0)
    expect(q:report("device", "device").stalled_share).to_be(0.0)
  end)

  it("counts stalls where nobody measured how long they were", function()
    q:fold(stop(1, json.null, 600), stop(1, 5, json.null))
    expect(q:report()).to_equal({ plays = 2, stalled_share = 1 })
  end)

  it("leaves out what is not measured, or beyond reason", function()
    q:fold(stop(json.null, 1, 1), stop(-1, 1, 1), stop(1e300, 1, 1))
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","subject":"anna"}')
    event.time = "2026-02-01T20:00:00Z"
    q:fold(event)
    expect(q:report()).to_equal({ plays = 0 })
    expect(q:failures()).to_equal({})
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for i = 1, 60 do list[i] = stop(i % 4, i / 7, i * 61) end
    q:fold(table.unpack(list))
    local other = quality()
    other:fold(table.unpack(shuffled(list)))
    expect(other:report()).to_equal(q:report())
  end)
end)
