--- Titles that are made for children, and nothing else.

---@type Recommender
return {
  kind = "recommender",
  name = "for-kids",
  version = "1.0.0",
  reads = { "user.behavior.media_consumption" },

  recommend = function(viewer, catalogue, n)
    local taken, picks = {}, {}
    local function add(list)
      for _, candidate in ipairs(list) do
        local title = catalogue.title(candidate.title)
        -- A title of which nothing is said is no title for children.
        if title and title.for_kids and not taken[candidate.title] and #picks < n then
          taken[candidate.title] = true
          picks[#picks + 1] = { title = candidate.title, row = "For kids", because = candidate.because }
        end
      end
    end
    add(host.fold_in(n * 20))
    add(host.popular(n * 20))
    return picks
  end,
}
