--- The viewer's best titles, put in an order in which they are not all alike: maximal marginal relevance (Carbonell and
--- Goldstein 1998), with the genres that two titles share for their similarity.

-- 1 is the models' order alone, 0 variety alone.
local relevance = 0.7
local picked = -math.huge

---@type Recommender
return {
  kind = "recommender",
  name = "diverse-picks",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local candidates, picks = host.fold_in(n * 4), {}
    local top = candidates[1] and candidates[1].score > 0 and candidates[1].score or 1
    -- By candidate: its genres, what it is worth beside titles that are not like it, how like it is to the pick that it is most
    -- like, and what that leaves. By genre: the candidates that have it.
    local genres, worth, like, left, having = {}, {}, {}, {}, {}
    for i, candidate in ipairs(candidates) do
      local title = catalogue.title(candidate.title)
      genres[i] = title and title.genres or {}
      worth[i], like[i] = relevance * candidate.score / top, 0
      left[i] = worth[i]
      for _, genre in ipairs(genres[i]) do
        having[genre] = having[genre] or {}
        table.insert(having[genre], i)
      end
    end
    while #picks < math.min(n, #candidates) do
      local best, value = 1, left[1]
      for i = 2, #candidates do
        if left[i] > value then best, value = i, left[i] end
      end
      left[best] = picked
      picks[#picks + 1] = { title = candidates[best].title, score = value, because = candidates[best].because }
      -- By candidate: the genres that it has in common with the pick.
      local shared = {}
      for _, genre in ipairs(genres[best]) do
        for _, i in ipairs(having[genre]) do shared[i] = (shared[i] or 0) + 1 end
      end
      for i = 1, #candidates do
        local count = shared[i]
        if count and left[i] ~= picked then
          like[i] = math.max(like[i], count / (#genres[i] + #genres[best] - count))
          left[i] = worth[i] - (1 - relevance) * like[i]
        end
      end
    end
    return picks
  end,
}
