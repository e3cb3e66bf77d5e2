--- Viewers who spend much of their watching time on one genre. For another genre, copy the file and change three lines.

local genre = "Drama"
local share, hours = 0.5, 3 -- of the watching time of recent weeks, and how much that must be
local fading = 0.5 ^ (1 / 28) -- what a day leaves of a second watched: the half after four weeks

--- What so many days leave of it; nil where that is next to nothing. By multiplication alone, which gives the same
--- everywhere.
local left = { [0] = 1.0 }
for days = 1, 1000 do left[days] = left[days - 1] * fading end

--- Keeps an event among the three latest: their times and references in turn, latest first.
local function note(list, at, ref)
  if not list[1] or at > list[1] or at == list[1] and ref > list[2] then
    list[1], list[2], list[3], list[4], list[5], list[6] = at, ref, list[1], list[2], list[3], list[4]
  elseif not list[3] or at > list[3] or at == list[3] and ref > list[4] then
    list[3], list[4], list[5], list[6] = at, ref, list[3], list[4]
  elseif not list[5] or at > list[5] or at == list[5] and ref > list[6] then
    list[5], list[6] = at, ref
  end
end

--- Whether a title is of the genre; nil where nobody knows. Titles are asked about again and again: the answer is kept.
local answers, wanted = setmetatable({}, { __mode = "k" }), genre:lower()
local function is_of_genre(title)
  local answer = answers[title]
  if answer == nil and type(title.genres) == "table" then
    answer = false
    for _, name in ipairs(title.genres) do answer = answer or name:lower() == wanted end
    answers[title] = answer
  end
  return answer
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
    local is_wanted = title and is_of_genre(title)
    if is_wanted == nil then return state end
    local seconds, day = data.seconds_watched, at // 86400
    if not math.type(seconds) or not (seconds > 0 and seconds < 86400) then return state end
    local days = day - state.d
    if days > 0 then
      local rest = left[days] or 0.0
      state.a, state.g, state.d = state.a * rest, state.g * rest, day
    elseif days < 0 then
      seconds = seconds * (left[-days] or 0.0)
    end
    state.a = state.a + seconds
    if is_wanted then
      state.g = state.g + seconds
      note(state.l, at, ref)
    end
    return state
  end,

  member = function(state, now)
    local today = math.max(state.d, now // 86400)
    local rest, days = state.a * (left[today - state.d] or 0.0), 0
    if rest < hours * 3600 or state.g < share * state.a then return false end
    while rest >= hours * 3600 do days, rest = days + 1, rest * fading end
    local reason = ("spent %d %% of the watching time of recent weeks on %s"):format(100 * (state.g / state.a) // 1, genre)
    return true, reason, { state.l[2], state.l[4], state.l[6] }, (today + days) * 86400
  end,
}
