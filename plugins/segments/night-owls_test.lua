describe("night-owls", function()
  local viewer
  before_each(function() viewer = segment() end)

  local function play(day, clock, zone)
    local event = build.playback_started()
    event.id, event.time = "p" .. day, ("2026-01-%02dT%s%s"):format(day, clock, zone or "+01:00")
    return event
  end

  it("finds who begins after midnight in four nights", function()
    viewer:fold(play(2, "00:00:00"), play(5, "01:30:00"), play(9, "04:59:59"), play(20, "02:00:00"))
    local answer = viewer:member("2026-01-21T00:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("began to watch after midnight in 4 nights of four weeks, last on 20 January 2026")
    expect(answer.events).to_equal({ "p20", "p9", "p5" })
  end)

  it("lets evenings, mornings and three nights pass, however often", function()
    viewer:fold(play(2, "00:00:00"), play(2, "03:00:00"), play(5, "01:30:00"), play(9, "02:00:00"))
    viewer:fold(play(10, "23:59:59"), play(11, "05:00:00"), play(12, "12:00:00"))
    expect(viewer:member("2026-01-21T00:00:00Z").member).to_be(false)
  end)

  it("goes by the viewer's own clock", function()
    for day = 2, 5 do viewer:fold(play(day, "22:30:00", "Z")) end
    expect(viewer:member("2026-01-21T00:00:00Z").member).to_be(false)
    for day = 2, 5 do viewer:fold(play(day, "00:30:00", "-08:00")) end
    expect(viewer:member("2026-01-21T00:00:00Z").member).to_be(true)
  end)

  it("holds until the oldest of the nights that it needs is four weeks old", function()
    viewer:fold(play(1, "01:00:00"), play(2, "01:00:00"), play(3, "01:00:00"), play(4, "01:00:00"), play(5, "01:00:00"))
    local answer = viewer:member("2026-01-06T00:00:00Z")
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
    expect(viewer:member("2026-01-29T12:00:00Z").reason).to_contain("in 4 nights")
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for day = 1, 31, 3 do list[#list + 1] = play(day, "03:00:00") end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-02-01T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-02-01T00:00:00Z")).to_equal(straight)
    end
  end)
end)
