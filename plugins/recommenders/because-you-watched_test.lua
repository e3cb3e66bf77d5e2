describe("because-you-watched", function()
  local source = {
    titles = { { title = "f", name = "The Film" }, "g", "h" },
    similar = { f = { "x", "y", "g" }, g = { "y", "z" }, h = { "w" } },
  }

  it("makes a row for each title that was liked, and shows each title once", function()
    local list = recommend(source, { history = { "f", "g" } }, 10)
    local found = {}
    for i, item in ipairs(list) do found[i] = item.title .. ": " .. item.row end
    expect(found).to_equal({
      "x: Because you watched The Film", "y: Because you watched The Film", "z: Because you watched g",
    })
    expect(list[3].because).to_equal({ "g" })
  end)

  it("takes no reason from what was disliked or left early", function()
    local history = { { title = "f", rating = 1, disliked = true }, { title = "g", completion = 0.1 }, "h" }
    local list = recommend(source, { history = history }, 10)
    expect(#list).to_be(1)
    expect(list[1].title).to_be("w")
  end)

  it("has nothing for a viewer of whom nothing is known", function()
    expect(#recommend(source, {}, 10)).to_be(0)
  end)
end)
