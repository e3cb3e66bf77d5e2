--- How often viewers turn to customer service, for every thousand plays.

---@type Quality
return {
  kind = "quality",
  name = "support-contacts",
  version = "1.0.0",
  title = "Support contacts",
  by = { "hour", "day" },
  columns = { "contacts", "plays", "contacts_per_1000_plays" },
  chart = "contacts_per_1000_plays",
  events = { "support.contacted", "playback.started" },
  reads = {}, -- not what was said

  --- Contacts `c` and plays `p`.
  start = function() return { c = 0, p = 0 } end,

  fold = function(state, event)
    local name = event.type == "support.contacted" and "c" or "p"
    state[name] = state[name] + 1
    return state
  end,

  report = function(state)
    return {
      contacts = state.c, plays = state.p, contacts_per_1000_plays = state.p > 0 and state.c / state.p * 1000 or nil,
    }
  end,
}
