describe("support-contacts", function()
  local q
  before_each(function() q = quality() end)

  it("tells how many there are for a thousand plays", function()
    for _ = 1, 200 do q:fold(build.playback_started()) end
    q:fold(build.support_contacted(), build.support_contacted(), build.support_contacted())
    expect(q:report()).to_equal({ contacts = 3, plays = 200, contacts_per_1000_plays = 15 })
    expect(q:report("day", "2026-01-01").contacts).to_be(3)
  end)

  it("has no rate where nothing was played", function()
    q:fold(build.support_contacted())
    expect(q:report()).to_equal({ contacts = 1, plays = 0 })
  end)

  it("answers the same whatever the order of the events", function()
    local list = {}
    for i = 1, 30 do list[i] = i % 7 == 0 and build.support_contacted() or build.playback_started() end
    q:fold(table.unpack(list))
    local other = quality()
    other:fold(table.unpack(shuffled(list)))
    expect(other:report()).to_equal(q:report())
  end)

  it("takes events without data", function()
    local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"support.contacted","subject":"anna"}')
    event.time = "2026-02-01T20:00:00Z"
    q:fold(event)
    expect(q:failures()).to_equal({})
    expect(q:report().contacts).to_be(1)
  end)
end)
