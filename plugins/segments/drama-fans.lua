--- Viewers who spend much of their watching time on one genre. For another genre, copy the file and change three lines.

local genre = "Drama"
local share, hours = 0.5, 3 -- of the watching time of recent weeks, and how much that must be
local fading = 0.5 ^ (1 / 28) -- what a day leaves of a second watched: the half after four weeks

--- What is left of a number after so many days. By multiplication alone, which gives the same everywhere.
local function faded(number, days)
  if days > 2000 then return 0.0 end
  for _ = 1, days do number = number * fading end
  return number
end

--- Keeps an event among the three latest: their times and references in turn, latest first.
local function note(latest, at, ref)
  local place = 1
  while latest[place] and (latest[place] > at or latest[place] == at and latest[place + 1] > ref) do
    place = place + 2
  end
  table.insert(latest, place, ref)
  table.insert(latest, place, at)
  latest[7], latest[8] = nil, nil
end

local function is_of_genre(title)
  for _, name in ipairs(title.genres) do
    if name:lower() == genre:lower() then return true end
  end
  return false
end

---@type Segment
return {
  kind = "segment",
  name = "drama-fans",
  version = "1.0.0",
  taxonomy = "710", -- Interest | Television | Drama TV
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption" },
  ttl_days = 14,

  --- On day `d`: all seconds watched `a` and those of the genre `g`, faded; and the latest events of the genre `l`.
  start = function() return { d = 0, a = 0.0, g = 0.0, l = {} } end,

  fold = function(state, event, at, ref)
    local data = event.data
    local title = data and (host.title(data.title_id) or host.title(data.title))
    if not title or type(title.genres) ~= "table" then return state end
    local seconds, day = data.seconds_watched, at // 86400
    if not math.type(seconds) or not (seconds > 0 and seconds < 86400) then return state end
    if day > state.d then
      state.a, state.g, state.d = faded(state.a, day - state.d), faded(state.g, day - state.d), day
    end
    seconds = faded(seconds, state.d - day)
    state.a = state.a + seconds
    if is_of_genre(title) then
      state.g = state.g + seconds
      note(state.l, at, ref)
    end
    return state
  end,

  member = function(state, now)
    local today = math.max(state.d, now // 86400)
    local rest, days = faded(state.a, today - state.d), 0
    if rest < hours * 3600 or state.g < share * state.a then return false end
    while rest >= hours * 3600 do days, rest = days + 1, rest * fading end
    local reason = ("spent %d %% of the watching time of recent weeks on %s"):format(100 * state.g // state.a, genre)
    return true, reason, { state.l[2], state.l[4], state.l[6] }, (today + days) * 86400
  end,
}
