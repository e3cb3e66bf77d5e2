describe("explore", function()
  local source = { fold_in = { "a", "b", "c", "d" } }

  it("shows what was shown in vain less often", function()
    local first = { a = 0, b = 0 }
    for seed = 1, 200 do
      local viewer = { seed = seed, shown = { a = { count = 200, chosen = 0 }, b = { count = 20, chosen = 15 } } }
      local list = recommend(source, viewer, 1)
      first[list[1].title] = (first[list[1].title] or 0) + 1
    end
    expect(first.b > 190).to_be(true)
    expect(first.a).to_be(0)
  end)

  it("gives the same list for the same seed, and others for others", function()
    local seen = {}
    for seed = 1, 20 do
      local list = recommend(source, { seed = seed }, 1)
      expect(recommend(source, { seed = seed }, 1)).to_equal(list)
      seen[list[1].title] = true
    end
    expect(next(seen, next(seen)) ~= nil).to_be(true)
  end)
end)
