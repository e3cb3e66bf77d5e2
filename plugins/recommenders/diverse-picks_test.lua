describe("diverse-picks", function()
  local source = {
    titles = {
      { title = "a", genres = { "Drama" } }, { title = "b", genres = { "Drama" } }, { title = "c", genres = { "Comedy" } },
    },
    fold_in = { { title = "a", score = 1 }, { title = "b", score = 0.9 }, { title = "c", score = 0.8 } },
  }

  it("puts a title of another genre before a second of the same", function()
    local list = recommend(source, {}, 3)
    expect(list[1].title).to_be("a")
    expect(list[2].title).to_be("c")
    expect(list[3].title).to_be("b")
  end)

  it("keeps the models' order where titles have no genres", function()
    local list = recommend({ fold_in = source.fold_in }, {}, 2)
    expect(list[1].title).to_be("a")
    expect(list[2].title).to_be("b")
  end)
end)
