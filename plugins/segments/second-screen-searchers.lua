--- Viewers who search on a phone or a tablet while the television plays.

local needed, days = 2, 14 -- so many quarters of an hour with both, in so many days
local quarter = 900

local function is_television(device) return device:find("tv", 1, true) or device:find("box", 1, true) end

local function is_in_hand(device) return device:find("phone", 1, true) or device:find("tablet", 1, true) end

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
    local data, kind, now = event.data, event.type, at // quarter
    local device = data and data.device
    device = type(device) == "string" and device:lower() or ""
    local seconds = data and data.seconds_watched
    local oldest = math.max(state.n, now // 48) - 2 * days
    if kind == "search.made" and is_in_hand(device) and now // 48 > oldest then
      state.s[now] = math.max(state.s[now] or 0, ref)
    elseif kind == "playback.stopped" and is_television(device) and math.type(seconds) then
      seconds = math.floor(math.max(0, math.min(seconds, 43200)))
      -- From the first that began while it played to the last that ended.
      local first, last = -((seconds - at) // quarter), now - 1
      for half = first // 48, last // 48 do
        local from, to = math.max(first - half * 48, 0), math.min(last - half * 48, 47)
        if half > oldest and from <= to then
          state.t[half] = (state.t[half] or 0) | (1 << to - from + 1) - 1 << from
        end
      end
    else
      return state
    end
    local latest = oldest + 2 * days
    -- What is too old does no harm for some days.
    local is_due = state.n > 0 and latest // 8 > state.n // 8
    state.n = latest
    if not is_due then return state end
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
