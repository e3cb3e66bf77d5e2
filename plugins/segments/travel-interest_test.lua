describe("travel-interest", function()
  local viewer
  before_each(function() viewer = segment() end)

  local function page(day, path, kind)
    local event = build[kind or "page_visited"]{ url = "https://www.example.com/" .. path }
    event.id, event.time = "v" .. day, ("2026-01-%02dT10:00:00Z"):format(day)
    return event
  end

  local function said(kind, data, time)
    local event = build[kind](data)
    event.id, event.time = "s", time or "2026-01-10T10:00:00Z"
    return event
  end

  it("finds who opens three pages about it in a day", function()
    viewer:fold(page(9, "travel/lisbon"), page(9, "cheap-flights"), page(9, "weather?to=ferry", "beacon_fired"))
    local answer = viewer:member("2026-01-09T12:00:00Z")
    expect(answer.member).to_be(true)
    expect(answer.reason).to_be("met with travel 3 times, last on 9 January 2026")
    expect(#answer.events).to_be(3)
  end)

  it("believes who sells interests at once, and browsing half", function()
    viewer:fold(said("supplement_interest", { interests = { "Chess", "Travel" } }))
    expect(viewer:member("2026-01-10T12:00:00Z").reason).to_be(
      "was said to be interested in travel on 10 January 2026")
    local other = segment()
    other:fold(said("supplement_browsing", { topics = { "Beach holidays" }, url = json.null }))
    expect(other:member("2026-01-10T12:00:00Z").member).to_be(false)
    other:fold(page(10, "hotels"))
    expect(other:member("2026-01-10T12:00:00Z").member).to_be(true)
  end)

  it("wants whole words", function()
    for _, path in ipairs({ "monorail", "hotelier", "flighty", "derailed", "chess" }) do viewer:fold(page(9, path)) end
    viewer:fold(said("supplement_interest", { interests = { "Travelling salesmen" } }))
    expect(viewer:member("2026-01-10T12:00:00Z").member).to_be(false)
    expect(viewer:state().n).to_be(0)
  end)

  it("forgets the half in two weeks, and says when too little is left", function()
    viewer:fold(said("supplement_interest", { interests = { "Travel" } }), page(10, "travel"), page(10, "travel"))
    viewer:fold(page(10, "travel"), page(10, "travel"))
    local answer = viewer:member("2026-01-10T12:00:00Z")
    expect(answer.expires).to_be(os.time({ year = 2026, month = 1, day = 28, hour = 0 }))
    expect(viewer:member(answer.expires - 1).member).to_be(true)
    expect(viewer:member(answer.expires).member).to_be(false)
  end)

  it("answers the same whatever the order of the events", function()
    local list = { said("supplement_browsing", { topics = { "travel" } }, "2025-11-01T10:00:00Z") }
    for day = 1, 30 do list[#list + 1] = page(day, day % 2 == 0 and "travel/x" or "chess") end
    viewer:fold(table.unpack(list))
    local straight = viewer:member("2026-01-31T00:00:00Z")
    expect(straight.member).to_be(true)
    for seed = 1, 5 do
      local other = segment()
      other:fold(table.unpack(shuffled(list, seed)))
      expect(other:member("2026-01-31T00:00:00Z")).to_equal(straight)
    end
  end)

  it("takes events in which fields are missing or null", function()
    viewer:fold(
      said("supplement_interest", { interests = json.null }),
      said("supplement_browsing", { topics = { 1, json.null } }),
      said("page_visited", { url = json.null }),
      parse('{"specversion":"1.0","id":"1","source":"test","type":"page.visited","time":"2026-02-01T20:00:00Z"}'))
    expect(viewer:failures()).to_equal({})
    expect(viewer:member("2026-02-02T00:00:00Z").member).to_be(false)
  end)
end)
