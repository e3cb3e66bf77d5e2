describe("a", function()
  local viewer
  before_each(function() viewer = segment() end)

  local function play(day)
    local event = build.playback_stopped()
    event.id, event.time = "p" .. day, ("2026-01-%02dT20:00:00Z"):format(day)
    return event
  end

  it("finds who played three titles in a week", function()
    viewer:fold(play(5), play(6))
    expect(viewer:member("2026-01-07T00:00:00Z").member).to_be(false)
    viewer:fold(play(7))
    local answer = viewer:member("2026-01-08T00:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("played 3 titles within a week")
    expect(answer.events).to_contain("p7")
  end)

  it("lets them go when a week is over", function()
    viewer:fold(play(5), play(6), play(7))
    local answer = viewer:member("2026-01-08T00:00:00Z")
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
  end)

  it("sees no child, and nobody who has not agreed", function()
    local event = play(5)
    event.data.is_kids = true
    viewer:fold(event)
    expect(viewer:member("2026-01-08T00:00:00Z").refused).to_be("child")
    local other = segment{ consent = false }
    other:fold(play(5), play(6), play(7))
    expect(other:member("2026-01-08T00:00:00Z").refused).to_be("no consent")
  end)
end)
