--- How long viewers wait for the first picture.

---@type Quality
return {
  kind = "quality",
  name = "startup-time",
  version = "1.0.0",
  title = "Startup time",
  by = { "title", "device", "app_version", "region", "hour", "day" },
  columns = { "plays", "p50_ms", "p95_ms", "slow_share" },
  chart = "p95_ms",
  events = { "playback.started" },
  reads = { "user.telemetry" },

  --- The times `q`, and how many of them `n` are longer than four seconds.
  start = function() return { q = sketch.quantiles(), n = 0 } end,

  fold = function(state, event)
    local time = event.data and event.data.startup_ms
    -- More than ten minutes is a player that was left open.
    if not math.type(time) or not (time >= 0 and time <= 600000) then return state end
    state.q:add(time)
    if time > 4000 then state.n = state.n + 1 end
    return state
  end,

  report = function(state)
    local count = state.q:count()
    if count == 0 then return { plays = 0 } end
    return {
      plays = count, p50_ms = state.q:quantile(0.5), p95_ms = state.q:quantile(0.95), slow_share = state.n / count,
    }
  end,
}
