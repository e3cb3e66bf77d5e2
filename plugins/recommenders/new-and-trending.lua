--- What came into the catalogue last, and what is popular of late, in turns.

---@type Recommender
return {
  kind = "recommender",
  name = "new-and-trending",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local taken, picks = {}, {}
    for _, entry in ipairs(viewer.history) do taken[entry.title] = true end
    local function add(candidate, row)
      if candidate and not taken[candidate.title] and #picks < n then
        taken[candidate.title] = true
        picks[#picks + 1] = { title = candidate.title, row = row }
      end
    end
    local length = n + #viewer.history
    local new, trending = catalogue.new(length), host.trending(length)
    for i = 1, math.max(#new, #trending) do
      add(new[i], "New")
      add(trending[i], "Trending")
    end
    return picks
  end,
}
