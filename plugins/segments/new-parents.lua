--- Viewers on whose own profile children's titles are played, day after day. Children's profiles never come here: the
--- host keeps them out of advertising.

local needed, days = 3, 28 -- so many days of so many

local genres = { kids = true, children = true, preschool = true, ["kids & family"] = true }
local ratings = { ["TV-Y"] = true, ["TV-Y7"] = true }

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

local function is_for_children(title)
  if not title then return false end
  if ratings[title.maturity_rating] then return true end
  for _, name in ipairs(type(title.genres) == "table" and title.genres or {}) do
    if genres[name:lower()] then return true end
  end
  return false
end

---@type Segment
return {
  kind = "segment",
  name = "new-parents",
  version = "1.0.0",
  taxonomy = "354", -- Interest | Family and Relationships | Parenting | Parenting Babies and Toddlers
  sensitive = true,
  events = { "playback.stopped" },
  reads = { "user.behavior.media_consumption" },
  ttl_days = 7,

  --- The latest day `d`; `m` has a bit for each of the 28 days until then with a children's title; `l` are the latest
  --- plays of one.
  start = function() return { d = 0, m = 0, l = {} } end,

  fold = function(state, event, at, ref)
    local data = event.data
    local seconds = data and data.seconds_watched
    if not math.type(seconds) or not (seconds >= 300) then return state end -- less is a wrong button
    if not is_for_children(host.title(data.title_id) or host.title(data.title)) then return state end
    local day = at // 86400
    if day > state.d then
      state.m = day - state.d < days and state.m << day - state.d & 0xFFFFFFF or 0
      state.d = day
    end
    if state.d - day < days then state.m = state.m | 1 << state.d - day end
    note(state.l, at, ref)
    return state
  end,

  member = function(state, now)
    -- The answer holds until the oldest of the days that it needs is too old.
    local count, oldest = 0, 0
    for age = 0, days - 1 do
      if state.m >> age & 1 == 1 and now < (state.d - age + days) * 86400 then
        count = count + 1
        if count == needed then oldest = state.d - age end
      end
    end
    if count < needed then return false end
    local date = os.date("!%d %B %Y", state.d * 86400):gsub("^0", "")
    local reason = ("children's titles were watched on %d days of four weeks, last on %s"):format(count, date)
    return true, reason, { state.l[2], state.l[4], state.l[6] }, (oldest + days) * 86400
  end,
}
