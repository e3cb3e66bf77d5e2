--- Viewers who watch several episodes of one series in an evening.

local episodes = 4 -- of one series, to their ends, in one evening
local days = 7 -- how long an evening counts

local number_type = math.type

--- Whether it was watched to the end: nine tenths of it, or a quarter of an hour where nobody knows how long it is.
local function is_finished(data, title)
  local length, position = title and title.duration_seconds, data.position_seconds
  if not number_type(position) then position = data.seconds_watched end
  if not number_type(position) then return false end
  if number_type(length) and length > 0 then return position >= length * 0.9 end
  local watched = data.seconds_watched
  return number_type(watched) and watched >= 900
end

---@type Segment
return {
  kind = "segment",
  name = "binge-watchers",
  version = "1.0.0",
  taxonomy = "706", -- Interest | Television: the taxonomy has no node for how much somebody watches
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption" },
  ttl_days = 7,

  --- By evening: by series, the events in which an episode ended.
  start = function() return {} end,

  fold = function(state, event, at, ref, offset)
    local data = event.data
    if not data then return state end
    local title = host.title(data.title_id) or host.title(data.title)
    local series = data.series
    if type(series) ~= "string" then series = title and title.series end
    if type(series) ~= "string" or #series > 100 or not is_finished(data, title) then return state end
    -- The day that the evening began on, where the viewer is: what is watched by six in the morning belongs to it.
    local day = (at + offset - 6 * 3600) // 86400
    local list = state[day]
    if not list then
      local first, last = day, day
      for known in pairs(state) do
        if known < first then first = known end
        if known > last then last = known end
      end
      if day <= last - days then return state end
      list = {}
      state[day] = list
      if first <= last - days then
        for known in pairs(state) do if known <= last - days then state[known] = nil end end
      end
    end
    local refs = list[series]
    if not refs then
      refs = {}
      list[series] = refs
    end
    if #refs < 16 then refs[#refs + 1] = ref end
    return state
  end,

  member = function(state, now)
    local best, best_day, best_series
    for day, list in pairs(state) do
      for series, refs in pairs(list) do
        local is_better = not best or day > best_day or day == best_day and
          (#refs > #best or #refs == #best and series < best_series)
        if #refs >= episodes and now < (day + days) * 86400 and is_better then
          best, best_day, best_series = refs, day, series
        end
      end
    end
    if not best then return false end
    local date = os.date("!%d %B %Y", best_day * 86400):gsub("^0", "")
    local count = #best < 16 and #best or "16 or more"
    return true, ("watched %s episodes of %s on %s"):format(count, best_series, date), best, (best_day + days) * 86400
  end,
}
