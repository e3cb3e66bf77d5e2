--- How many searches lead to a play within ten minutes.

local patience = 600 -- seconds
local kept = 8 -- of each kind, for events that come late

--- Puts a time into a list of those that came last.
local function keep(list, time)
  table.insert(list, 1, time)
  list[kept + 1] = nil
end

---@type Quality
return {
  kind = "quality",
  name = "search-success",
  version = "1.0.0",
  title = "Search success",
  by = { "device", "app_version", "hour", "day" },
  columns = { "searches", "success_share" },
  chart = "success_share",
  events = { "search.made", "playback.started" },
  reads = {}, -- that something was searched for or played is enough

  --- Searches `s`, and those that a play followed `f`.
  start = function() return { s = 0, f = 0 } end,

  --- The plays `p` of a viewer that came last, and searches `s` that none has followed yet. A search has succeeded once
  --- there is a play in the ten minutes after it, whichever of them comes first.
  observe = function(memory, event, at)
    memory.p, memory.s = memory.p or {}, memory.s or {}
    if event.type == "search.made" then
      for _, play in ipairs(memory.p) do
        if play >= at and play <= at + patience then return memory, { s = 1, f = 1 } end
      end
      keep(memory.s, at)
      return memory, { s = 1, f = 0 }
    end
    keep(memory.p, at)
    local found = 0
    for i = #memory.s, 1, -1 do
      if at >= memory.s[i] and at <= memory.s[i] + patience then
        table.remove(memory.s, i)
        found = found + 1
      end
    end
    return memory, found > 0 and { s = 0, f = found } or nil
  end,

  fold = function(state, sample)
    state.s, state.f = state.s + sample.s, state.f + sample.f
    return state
  end,

  report = function(state)
    return { searches = state.s, success_share = state.s > 0 and state.f / state.s or nil }
  end,
}
