--- Rows of titles that are like those that the viewer liked last.

local rows, per_row = 3, 6

---@type Recommender
return {
  kind = "recommender",
  name = "because-you-watched",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local taken, picks, made = {}, {}, 0
    for _, entry in ipairs(viewer.history) do taken[entry.title] = true end
    for _, entry in ipairs(viewer.history) do
      if made == rows or #picks >= n then break end
      local title = catalogue.title(entry.title)
      -- What was left early is no reason for more of it.
      local liked = not entry.disliked and (entry.rating or (entry.completion or 1) > 0.5)
      if title and liked then
        local row, length = "Because you watched " .. title.name, 0
        for _, candidate in ipairs(host.similar(entry.title, per_row * 3)) do
          if length < per_row and #picks < n and not taken[candidate.title] then
            taken[candidate.title], length = true, length + 1
            picks[#picks + 1] = { title = candidate.title, score = candidate.score, row = row, because = { entry.title } }
          end
        end
        if length > 0 then made = made + 1 end
      end
    end
    return picks
  end,
}
