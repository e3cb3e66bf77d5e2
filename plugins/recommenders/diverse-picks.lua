--- The viewer's best titles, put in an order in which they are not all alike: maximal marginal relevance (Carbonell and
--- Goldstein 1998), with the genres that two titles share for their similarity.

-- 1 is the models' order alone, 0 variety alone.
local relevance = 0.7

-- How alike a title of some genres is to one of a set of so many, from 0 to 1.
local function shared(genres, set, size)
  local both = 0
  for i = 1, #genres do
    if set[genres[i]] then both = both + 1 end
  end
  return both == 0 and 0 or both / (#genres + size - both)
end

---@type Recommender
return {
  kind = "recommender",
  name = "diverse-picks",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local candidates, picks = host.fold_in(n * 4), {}
    local top = candidates[1] and candidates[1].score or 1
    -- By candidate; one that was picked has no worth any more.
    local genres, worth, likeness = {}, {}, {}
    for i, candidate in ipairs(candidates) do
      local title = catalogue.title(candidate.title)
      genres[i] = title and title.genres or {}
      worth[i] = relevance * candidate.score / top
      likeness[i] = 0
    end
    -- Those of the last pick.
    local set, size = {}, 0
    while #picks < math.min(n, #candidates) do
      local best, value
      for i = 1, #candidates do
        if worth[i] then
          local like = shared(genres[i], set, size)
          if like > likeness[i] then likeness[i] = like end
          local marginal = worth[i] - (1 - relevance) * likeness[i]
          if not value or marginal > value then best, value = i, marginal end
        end
      end
      local pick = candidates[best]
      worth[best] = nil
      picks[#picks + 1] = { title = pick.title, score = value, because = pick.because }
      set, size = {}, #genres[best]
      for _, genre in ipairs(genres[best]) do set[genre] = true end
    end
    return picks
  end,
}
