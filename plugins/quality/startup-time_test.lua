describe("startup-time", function()
  local q
  before_each(function() q = quality() end)

  local function start(milliseconds, data)
    local event = build.playback_started{ startup_ms = milliseconds }
    for key, value in pairs(data or {}) do event.data[key] = value end
    return event
  end

  it("tells the median and the slowest", function()
    for i = 1, 100 do q:fold(start(i * 50)) end
    local row = q:report()
    expect(row.plays).to_be(100)
    expect(row.p50_ms).to_be_near(2500, 50)
    expect(row.p95_ms).to_be_near(4750, 100)
    expect(row.slow_share).to_be_near(0.2)
  end)

  it("tells devices, app versions, regions, titles, hours and days apart", function()
    q:fold(start(1000, { device = "tv", app_version = "7.4", region = "Wales", title = "A" }))
    q:fold(start(3000, { device = "phone", app_version = "7.3", region = "Praha", title = "B" }))
    for dimension, value in pairs({ device = "tv", app_version = "7.4", region = "CZ, Wales", title = "A" }) do
      expect(q:report(dimension, value).plays).to_be(1)
      expect(q:report(dimension, value).p50_ms).to_be_near(1000, 20)
    end
    expect(q:report("hour", "12").plays).to_be(2)
    expect(q:report("day", "2026-01-01").plays).to_be(2)
    expect(q:report("device", "radio")).to_be_nil()
  end)

  it("leaves out what is not measured, or beyond reason", function()
    q:fold(start(json.null), start(-1), start(600001), start(1e300), start(0))
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.started","subject":"anna"}')
    event.time = "2026-02-01T20:00:00Z"
    q:fold(event)
    expect(q:report().plays).to_be(1)
    expect(q:failures()).to_equal({})
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for i = 1, 60 do list[i] = start(i * i) end
    q:fold(table.unpack(list))
    local other = quality()
    other:fold(table.unpack(shuffled(list)))
    expect(other:report()).to_equal(q:report())
  end)
end)
