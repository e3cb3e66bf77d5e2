--- How much of a title is watched, and how many plays come to its end.

local complete = 0.9 -- of the title: what follows are the credits

---@type Quality
return {
  kind = "quality",
  name = "completion",
  version = "1.0.0",
  title = "Completion",
  by = { "title", "device", "app_version", "region", "hour", "day" },
  columns = { "plays", "completed_share", "p50_share" },
  chart = "completed_share",
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption" },

  --- Where plays ended, as a share of the title `q`; and those that came to its end `c`.
  start = function() return { q = sketch.quantiles(), c = 0 } end,

  fold = function(state, event)
    local data = event.data
    local title = data and (host.title(data.title_id) or host.title(data.title))
    local length, position = title and title.duration_seconds, data and data.position_seconds
    if data and not math.type(position) then position = data.seconds_watched end
    if not math.type(length) or length <= 0 or not math.type(position) or position < 0 then return state end
    local share = math.min(position / length, 1)
    state.q:add(share)
    if share >= complete then state.c = state.c + 1 end
    return state
  end,

  report = function(state)
    local count = state.q:count()
    if count == 0 then return { plays = 0 } end
    return { plays = count, completed_share = state.c / count, p50_share = state.q:quantile(0.5) }
  end,
}
