--- Viewers who search on a phone or a tablet while the television plays.

local needed, days = 2, 14 -- so many quarters of an hour with both, in so many days
local quarter = 900
local longest = 43200 -- seconds that one play counts for

--- Tells whether a device's name has one of two words in it. The same names come again and again: a thousand answers are
--- kept.
local function teller_of(one, other)
  local answers, count = {}, 0
  return function(device)
    local answer = answers[device]
    if answer ~= nil then return answer end
    if type(device) ~= "string" then return false end
    local name = device:lower()
    answer = (name:find(one, 1, true) or name:find(other, 1, true)) ~= nil
    if #device <= 100 then
      if count == 1000 then answers, count = {}, 0 end
      answers[device], count = answer, count + 1
    end
    return answer
  end
end

local is_television, is_in_hand = teller_of("tv", "box"), teller_of("phone", "tablet")

---@type Segment
return {
  kind = "segment",
  name = "second-screen-searchers",
  version = "1.0.0",
  taxonomy = "706", -- Interest | Television: the taxonomy has no node for what is done beside it
  events = { "playback.stopped", "search.made" },
  reads = { "user.behavior.media_consumption", "user.device" }, -- not what was searched for
  ttl_days = 7,

  --- Quarters of an hour, counted since 1970: in `t`, by half days, a bit for each that the television played all
  --- through; in `s`, those with a search, and its event. `n` is the latest half day.
  start = function() return { t = {}, s = {}, n = 0 } end,

  fold = function(state, event, at, ref)
    local data, now, before = event.data, at // quarter, state.n
    if not data then return state end
    local latest = now // 48
    if before > latest then latest = before end
    local oldest = latest - 2 * days
    if event.type == "search.made" then
      if not is_in_hand(data.device) or now // 48 <= oldest then return state end
      local known = state.s[now]
      if not known or ref > known then state.s[now] = ref end
    else
      if not is_television(data.device) then return state end
      local seconds = data.seconds_watched
      local kind = math.type(seconds)
      if not kind then return state end
      if seconds > longest then seconds = longest elseif seconds < 0 then seconds = 0 end
      if kind == "float" then seconds = math.floor(seconds) end
      -- From the first that began while it played to the last that ended.
      local first, last = -((seconds - at) // quarter), now - 1
      for half = first // 48, last // 48 do
        local from, to = first - half * 48, last - half * 48
        if from < 0 then from = 0 end
        if to > 47 then to = 47 end
        if half > oldest and from <= to then
          state.t[half] = (state.t[half] or 0) | (1 << to - from + 1) - 1 << from
        end
      end
    end
    if latest == before then return state end
    state.n = latest
    -- What is too old does no harm for some days.
    if before == 0 or latest // 8 == before // 8 then return state end
    for half in pairs(state.t) do if half <= oldest then state.t[half] = nil end end
    for search in pairs(state.s) do if search // 48 <= oldest then state.s[search] = nil end end
    return state
  end,

  member = function(state, now)
    local both, refs = {}, {}
    for search in pairs(state.s) do
      local is_playing = (state.t[search // 48] or 0) >> search % 48 & 1 == 1
      if is_playing and now < search * quarter + days * 86400 then both[#both + 1] = search end
    end
    if #both < needed then return false end
    table.sort(both, function(a, b) return a > b end)
    for i = 1, math.min(#both, 5) do refs[i] = state.s[both[i]] end
    local date = os.date("!%d %B %Y", both[1] * quarter):gsub("^0", "")
    local reason = ("searched %d times while the television played, last on %s"):format(#both, date)
    return true, reason, refs, both[needed] * quarter + days * 86400
  end,
}
