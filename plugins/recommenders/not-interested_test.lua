describe("not-interested", function()
  local source = { fold_in = { "a", "b", "c" }, similar = { bad = { "b" }, good = { "a" } } }

  it("leaves out what is like a title that was disliked", function()
    local history = { { title = "bad", rating = 1, disliked = true }, { title = "good", rating = 5 } }
    local list = recommend(source, { history = history }, 10)
    expect(#list).to_be(2)
    expect(list[1].title).to_be("a")
    expect(list[2].title).to_be("c")
  end)
end)
