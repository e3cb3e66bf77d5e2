describe("new-and-trending", function()
  it("takes from both in turns, each title once, and nothing that is known", function()
    local source = { newest = { "a", "seen", "b" }, trending = { "b", "c", "a" } }
    local list = recommend(source, { history = { "seen" } }, 10)
    expect(list).to_equal({
      { title = "a", row = "New" }, { title = "b", row = "Trending" }, { title = "c", row = "Trending" },
    })
  end)

  it("gives no more than are asked for", function()
    expect(#recommend({ newest = { "a", "b" }, trending = { "c" } }, {}, 2)).to_be(2)
  end)
end)
