--- The titles that fit the viewer best, with those that are popular of late mixed in.

-- What of a title's rank comes from what everybody watches.
local trend = 0.15

---@type Recommender
return {
  kind = "recommender",
  name = "top-picks",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local known, best, score, from = {}, {}, {}, {}
    for _, entry in ipairs(viewer.history) do known[entry.title] = true end
    local function add(list, weight)
      for place, candidate in ipairs(list) do
        local title = candidate.title
        if not known[title] then
          if not score[title] then best[#best + 1] = title end
          -- Ranks can be added where scores are on different scales (reciprocal rank fusion, Cormack et al. 2009).
          score[title] = (score[title] or 0) + weight / (60 + place)
          from[title] = from[title] or candidate
        end
      end
    end
    add(host.fold_in(n * 5), 1 - trend)
    add(host.trending(n * 5), trend)
    table.sort(best, function(a, b) return score[a] > score[b] or score[a] == score[b] and a < b end)
    local picks = {}
    for i = 1, math.min(n, #best) do
      picks[i] = { title = best[i], score = score[best[i]], because = from[best[i]].because }
    end
    return picks
  end,
}
