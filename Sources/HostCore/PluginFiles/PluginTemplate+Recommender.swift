/// A recommender to start from.
extension PluginTemplate {
    static func recommenderFiles(_ name: String) -> [File] {
        [
            File(
                "\(name).lua",
                """
                --- The titles that fit the viewer best, those of the last title's first genre in front.

                ---@type Recommender
                return {
                  kind = "recommender",
                  name = "\(name)",
                  version = "1.0.0",
                  -- The data that it sees of the viewer.
                  reads = { "user.behavior.media_consumption" },

                  -- Up to `n` titles, the best first. What the catalogue does not have, or what cannot be watched now, is left out.
                  recommend = function(viewer, catalogue, n)
                    local last = viewer.history[1] and catalogue.title(viewer.history[1].title)
                    local genre = last and last.genres[1]
                    local front, back = {}, {}
                    -- The model's best, without those that the viewer knows.
                    for _, candidate in ipairs(host.fold_in(n * 3)) do
                      local title = catalogue.title(candidate.title)
                      local list = title and title.genres[1] == genre and front or back
                      table.insert(list, { title = candidate.title, score = candidate.score, because = candidate.because })
                    end
                    for _, pick in ipairs(back) do table.insert(front, pick) end
                    return { table.unpack(front, 1, math.min(n, #front)) }
                  end,
                }

                """),
            File(
                "\(name)_test.lua",
                """
                describe("\(name)", function()
                  -- What the catalogue has, and what the models say.
                  local source = {
                    titles = {
                      { title = "seen", genres = { "Drama" } }, { title = "a", genres = { "Comedy" } },
                      { title = "b", genres = { "Drama" } }, { title = "gone", available = false },
                    },
                    fold_in = { "a", "b", "gone" },
                  }

                  it("puts titles of the last one's genre in front", function()
                    local list = recommend(source, { history = { "seen" } }, 5)
                    expect(#list).to_be(2)
                    expect(list[1].title).to_be("b")
                    expect(list[2].title).to_be("a")
                  end)

                  it("gives no more than are asked for", function()
                    expect(#recommend(source, { history = { "seen" } }, 1)).to_be(1)
                  end)
                end)

                """),
        ]
    }
}
