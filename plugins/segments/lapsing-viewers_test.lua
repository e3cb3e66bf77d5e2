describe("lapsing-viewers", function()
  local viewer
  before_each(function() viewer = segment() end)

  local function play(day)
    local event = build.playback_stopped()
    event.id, event.time = "p" .. day, ("2026-01-%02dT20:00:00Z"):format(day)
    return event
  end

  it("finds who watched on four days, and then not for two weeks", function()
    viewer:fold(play(1), play(5), play(6), play(10))
    expect(viewer:member("2026-01-24T19:59:59Z").member).to_be(false)
    local answer = viewer:member("2026-01-24T20:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("watched on 4 days of four weeks, and last on 10 January 2026")
    expect(answer.events).to_equal({ "p10" })
  end)

  it("says from when on a viewer who is silent belongs to it, and until when", function()
    viewer:fold(play(1), play(5), play(6), play(10))
    local answer = viewer:member("2026-01-12T00:00:00Z")
    expect(answer.member).to_be(false)
    expect(viewer:member(answer.expires - 1).member).to_be(false)
    local later = viewer:member(answer.expires)
    expect(later.member).to_be(true)
    expect(later.expires).to_be(os.time({ year = 2026, month = 3, day = 11, hour = 20 }))
    expect(viewer:member(later.expires - 1).member).to_be(true)
    expect(viewer:member(later.expires).member).to_be(false)
  end)

  it("lets pass who watched on three days, however often, and days that are four weeks old", function()
    viewer:fold(play(1), play(1), play(5), play(6))
    expect(viewer:member("2026-02-01T00:00:00Z").member).to_be(false)
    viewer:fold(play(29))
    expect(viewer:member("2026-02-20T00:00:00Z").member).to_be(false)
    viewer:fold(play(28))
    expect(viewer:member("2026-02-20T00:00:00Z").member).to_be(true)
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for day = 1, 30, 2 do list[#list + 1] = play(day) end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-02-20T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-02-20T00:00:00Z")).to_equal(straight)
    end
  end)

  it("reads nothing but that something was played", function()
    viewer:fold(
      parse('{"specversion":"1.0","id":"1","source":"test","type":"playback.stopped","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
    expect(viewer:member("2026-02-02T00:00:00Z").member).to_be(false)
  end)
end)
