describe("for-kids", function()
  local source = {
    titles = {
      { title = "fox", for_kids = true }, { title = "badger", for_kids = true }, { title = "noir", for_kids = false },
      "unknown",
    },
    fold_in = { "noir", "fox" },
    popular = { "unknown", "fox", "badger" },
  }

  it("shows what is made for children alone, the viewer's own first", function()
    local list = recommend(source, { profile = { is_kids = true } }, 10)
    expect(#list).to_be(2)
    expect(list[1].title).to_be("fox")
    expect(list[2].title).to_be("badger")
  end)
end)
