--- The viewer's best titles, put in an order in which they are not all alike: maximal marginal relevance (Carbonell and
--- Goldstein 1998), with the genres that two titles share for their similarity.

-- 1 is the models' order alone, 0 variety alone.
local relevance = 0.7

local function shared(one, other)
  if #one == 0 or #other == 0 then return 0 end
  local has, both = {}, 0
  for _, genre in ipairs(one) do has[genre] = true end
  for _, genre in ipairs(other) do
    if has[genre] then both = both + 1 end
  end
  return both / (#one + #other - both)
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
    for _, candidate in ipairs(candidates) do
      local title = catalogue.title(candidate.title)
      candidate.genres = title and title.genres or {}
      candidate.likeness = 0
    end
    while #picks < n and #candidates > 0 do
      local best, value
      for i, candidate in ipairs(candidates) do
        local marginal = relevance * candidate.score / top - (1 - relevance) * candidate.likeness
        if not value or marginal > value then best, value = i, marginal end
      end
      local pick = table.remove(candidates, best)
      picks[#picks + 1] = { title = pick.title, score = value, because = pick.because }
      for _, candidate in ipairs(candidates) do
        candidate.likeness = math.max(candidate.likeness, shared(candidate.genres, pick.genres))
      end
    end
    return picks
  end,
}
