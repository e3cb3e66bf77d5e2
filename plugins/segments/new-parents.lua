--- Viewers on whose own profile children's titles are played, day after day. Children's profiles never come here: the
--- host keeps them out of advertising.

local needed, days = 3, 28 -- so many days of so many

local genres = { kids = true, children = true, preschool = true, ["kids & family"] = true }
local ratings = { ["TV-Y"] = true, ["TV-Y7"] = true }

--- Whether so many bits are set.
local function has_bits(number, count)
  while number ~= 0 and count > 0 do number, count = number & number - 1, count - 1 end
  return count == 0
end

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

--- Whether a title is for children. Titles are asked about again and again: the answer is kept.
local answers = setmetatable({}, { __mode = "k" })
local function is_for_children(title)
  local answer = answers[title]
  if answer == nil then
    answer = ratings[title.maturity_rating] or false
    for _, name in ipairs(type(title.genres) == "table" and title.genres or {}) do
      answer = answer or genres[name:lower()] or false
    end
    answers[title] = answer
  end
  return answer
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
    local title = host.title(data.title_id) or host.title(data.title)
    if not title or not is_for_children(title) then return state end
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
    if not has_bits(state.m, needed) then return false end
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
