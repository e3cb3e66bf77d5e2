describe("continue-watching", function()
  local source = { titles = { "a", "b", "c", "d", { title = "gone", available = false } } }
  local day = 86400

  local function entry(title, completion, at)
    return { title = title, completion = completion, position = 1800, at = at or 99 * day }
  end

  it("shows what was begun and not ended, and says where", function()
    local history = { entry("a", 0.4), entry("b", 1), entry("c", 0.01), entry("d", 0.9) }
    local list = recommend(source, { history = history, now = 100 * day }, 10)
    expect(#list).to_be(2)
    expect(list[1]).to_equal({ title = "a", row = "Continue watching", because = "you left it after 30 minutes" })
    expect(list[2].title).to_be("d")
  end)

  it("leaves out what was left long ago, what is gone and what is of unknown length", function()
    local history = { entry("a", 0.4, 30 * day), entry("gone", 0.4), { title = "b", position = 60, at = 99 * day } }
    expect(#recommend(source, { history = history, now = 100 * day }, 10)).to_be(0)
  end)
end)
