--- What the viewer began and did not end, the latest first.

local days = 60

---@type Recommender
return {
  kind = "recommender",
  name = "continue-watching",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local picks = {}
    for _, entry in ipairs(viewer.history) do
      local begun = entry.completion and entry.completion > 0.02 and entry.completion < 0.95
      local recent = entry.at > viewer.now - days * 86400
      if begun and recent and not entry.disliked and #picks < n and catalogue.is_available(entry.title) then
        picks[#picks + 1] = {
          title = entry.title, row = "Continue watching",
          because = ("you left it after %d minutes"):format(entry.position // 60),
        }
      end
    end
    return picks
  end,
}
