describe("top-picks", function()
  local source = {
    fold_in = { { title = "a", because = { "seen" } }, { title = "b" }, { title = "seen" } },
    trending = { "b", "c" },
  }

  local function titles(list)
    local result = {}
    for i, item in ipairs(list) do result[i] = item.title end
    return result
  end

  it("puts what fits first, and what is popular of late behind", function()
    local list = recommend(source, { history = { "seen" } }, 3)
    expect(titles(list)).to_equal({ "b", "a", "c" })
    expect(list[2].because).to_equal({ "seen" })
  end)

  it("gives a viewer of whom nothing is known what is popular of late", function()
    expect(titles(recommend({ trending = { "c", "d" } }, {}, 5))).to_equal({ "c", "d" })
  end)

  it("gives no more than are asked for", function()
    expect(#recommend(source, {}, 1)).to_be(1)
  end)
end)
