--- Tries titles out: those that are followed when they are shown come up more often, and those that were hardly shown get a
--- chance (Thompson sampling of a Beta distribution, Chapelle and Li 2011). The same viewer gets the same list on one day.

-- Titles count as shown so often, and as followed so often, before anything is known of them.
local shown_before, followed_before = 10, 1

-- A number of a Beta distribution: of as many uniform ones as both counts come to, less one, that which has its place from below
-- (order statistics). Unlike logarithms, these are the same to the last digit wherever the plugin runs. Large counts are brought down:
-- there the distribution is narrow as it is.
local function beta(followed, ignored)
  local scale = math.max(1, (followed + ignored) / 100)
  local place = math.max(1, math.floor(followed / scale))
  local numbers = {}
  for i = 1, place + math.max(1, math.floor(ignored / scale)) - 1 do numbers[i] = math.random() end
  table.sort(numbers)
  return numbers[place]
end

---@type Recommender
return {
  kind = "recommender",
  name = "explore",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local picks = {}
    for _, candidate in ipairs(host.fold_in(n * 3)) do
      local counts = viewer.shown[candidate.title] or { count = 0, chosen = 0 }
      local followed = followed_before + counts.chosen
      local ignored = shown_before - followed_before + math.max(0, counts.count - counts.chosen)
      picks[#picks + 1] = { title = candidate.title, score = beta(followed, ignored), because = candidate.because }
    end
    table.sort(picks, function(a, b) return a.score > b.score or a.score == b.score and a.title < b.title end)
    for i = #picks, n + 1, -1 do picks[i] = nil end
    return picks
  end,
}
