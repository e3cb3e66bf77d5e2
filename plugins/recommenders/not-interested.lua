--- The viewer's best titles, without those that are like what the viewer did not want.

local like_each_other = 20

---@type Recommender
return {
  kind = "recommender",
  name = "not-interested",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local unwanted, picks = {}, {}
    for _, entry in ipairs(viewer.history) do
      if entry.disliked then
        unwanted[entry.title] = true
        for _, other in ipairs(host.similar(entry.title, like_each_other)) do unwanted[other.title] = true end
      end
    end
    for _, candidate in ipairs(host.fold_in(n * 4)) do
      if #picks < n and not unwanted[candidate.title] then
        picks[#picks + 1] = { title = candidate.title, score = candidate.score, because = candidate.because }
      end
    end
    return picks
  end,
}
