--- How many plays end early: within two minutes, and before each quarter of the title.

--- Where in the title it ended, from 0 to 1; nil where nobody knows how long the title is.
local function place(data)
  local title = host.title(data.title_id) or host.title(data.title)
  local length, position = title and title.duration_seconds, data.position_seconds
  if not math.type(position) then position = data.seconds_watched end
  if not math.type(length) or length <= 0 or not math.type(position) or position < 0 then return nil end
  return position / length
end

---@type Quality
return {
  kind = "quality",
  name = "abandonment",
  version = "1.0.0",
  title = "Abandonment",
  by = { "title", "device", "app_version", "region", "hour", "day" },
  columns = { "plays", "early_share", "by_quarter_share", "by_half_share", "by_three_quarters_share" },
  chart = "early_share",
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption" },

  --- Plays `n`, and those that ended within two minutes `e`; those whose place is known `k`, and of them, those that
  --- ended before each quarter.
  start = function() return { n = 0, e = 0, k = 0, 0, 0, 0 } end,

  fold = function(state, event)
    local data = event.data
    if not data or not math.type(data.seconds_watched) or data.seconds_watched < 0 then return state end
    state.n = state.n + 1
    if data.seconds_watched < 120 then state.e = state.e + 1 end
    local place = place(data)
    if not place then return state end
    state.k = state.k + 1
    for quarter = 1, 3 do
      if place < quarter / 4 then state[quarter] = state[quarter] + 1 end
    end
    return state
  end,

  report = function(state)
    local function share(count, of) return of > 0 and count / of or nil end
    return {
      plays = state.n, early_share = share(state.e, state.n), by_quarter_share = share(state[1], state.k),
      by_half_share = share(state[2], state.k), by_three_quarters_share = share(state[3], state.k),
    }
  end,
}
