--- Viewers who used to watch regularly, and have not for two weeks.

local regular, silent, gone = 4, 14, 60 -- days of four weeks with a play; days without one; and when it is too late

---@type Segment
return {
  kind = "segment",
  name = "lapsing-viewers",
  version = "1.0.0",
  -- Purchase Intent | Arts and Entertainment | Music and Video Streaming Services: who might look for another one.
  taxonomy = "800",
  events = { "playback.started", "playback.stopped" },
  reads = {}, -- that something was played is enough
  ttl_days = 7,

  --- The latest play `t` and its event `r`; `m` has a bit for each of the 28 days until then on which there was a play.
  start = function() return { t = 0, m = 0 } end,

  fold = function(state, _, at, ref)
    local day, last = at // 86400, state.t // 86400
    local age = last - day
    if day > last then
      state.m = day - last < 28 and state.m << day - last & 0xFFFFFFF or 0
      age = 0
    end
    if age < 28 then state.m = state.m | 1 << age end
    if at > state.t then state.t, state.r = at, ref end
    return state
  end,

  member = function(state, now)
    local days, rest = 0, state.m
    while rest ~= 0 do days, rest = days + 1, rest & rest - 1 end
    if days < regular or now >= state.t + gone * 86400 then return false end
    if now < state.t + silent * 86400 then return false, nil, nil, state.t + silent * 86400 end
    local date = os.date("!%d %B %Y", state.t):gsub("^0", "")
    local reason = ("watched on %d days of four weeks, and last on %s"):format(days, date)
    return true, reason, { state.r }, state.t + gone * 86400
  end,
}
