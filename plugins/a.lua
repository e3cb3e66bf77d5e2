--- Viewers who played three titles or more in a week.

local needed, days = 3, 7

---@type Segment
return {
  kind = "segment",
  name = "a",
  version = "1.0.0",
  -- What it is about: the id of a node of the IAB Audience Taxonomy; 706 is Interest | Television.
  taxonomy = "706",
  -- The types of events that it folds, and the data that it sees of them.
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption" },

  -- What is kept of a viewer of whom nothing is known: by day, the events.
  start = function() return {} end,

  -- Takes one event in. `at` is its time in seconds since 1970, and `ref` stands for it.
  fold = function(state, event, at, ref)
    local day = at // 86400
    state[day] = state[day] or {}
    if #state[day] < needed then table.insert(state[day], ref) end
    for known in pairs(state) do
      if known <= day - days then state[known] = nil end
    end
    return state
  end,

  -- Whether the viewer is in it now, why, by which events, and until when if nothing happens.
  member = function(state, now)
    local refs, oldest = {}, now // 86400
    for day, list in pairs(state) do
      if day > now // 86400 - days then
        for _, ref in ipairs(list) do table.insert(refs, ref) end
        oldest = math.min(oldest, day)
      end
    end
    if #refs < needed then return false end
    return true, ("played %d titles within a week"):format(#refs), refs, (oldest + days) * 86400
  end,
}
