--- How often the picture stalls, and how much of their time viewers wait for it.

--- Whether it is a number of seconds that a play can have.
local function is_time(value) return math.type(value) and value >= 0 and value <= 86400 end

---@type Quality
return {
  kind = "quality",
  name = "rebuffering",
  version = "1.0.0",
  title = "Rebuffering",
  by = { "title", "device", "app_version", "region", "hour", "day" },
  columns = { "plays", "stalled_share", "stalls_per_hour", "waiting_share" },
  chart = "waiting_share",
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption", "user.telemetry" },

  --- Plays `n`, those that stalled `s`, how often `r`; and in milliseconds, how long they played `p` and waited `w`.
  start = function() return { n = 0, s = 0, r = 0, p = 0, w = 0 } end,

  fold = function(state, event)
    local data = event.data or {}
    local stalls, waited, watched = data.rebuffers, data.rebuffer_seconds, data.seconds_watched
    if not math.type(stalls) or not (stalls >= 0 and stalls < 100000) then return state end
    state.n, state.r = state.n + 1, state.r + math.floor(stalls)
    if stalls > 0 then state.s = state.s + 1 end
    -- Waiting is set against watching where both are known.
    if is_time(waited) and is_time(watched) then
      state.p, state.w = state.p + math.floor(watched * 1000), state.w + math.floor(waited * 1000)
    end
    return state
  end,

  report = function(state)
    local time = state.p + state.w
    return {
      plays = state.n,
      stalled_share = state.n > 0 and state.s / state.n or nil,
      stalls_per_hour = state.p > 0 and state.r / (state.p / 3600000) or nil,
      waiting_share = time > 0 and state.w / time or nil,
    }
  end,
}
