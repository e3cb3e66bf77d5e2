--- Viewers who begin to watch after midnight, night after night.

local nights, days = 4, 28 -- so many nights of so many days

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

---@type Segment
return {
  kind = "segment",
  name = "night-owls",
  version = "1.0.0",
  taxonomy = "706", -- Interest | Television: the taxonomy has no node for when somebody watches
  events = { "playback.started" },
  reads = {}, -- the hour is in the event's time
  ttl_days = 7,

  --- The latest night `d`; `m` has a bit for each of the 28 nights until then in which a play began; `l` are the latest
  --- such plays.
  start = function() return { d = 0, m = 0, l = {} } end,

  fold = function(state, _, at, ref, offset)
    local time = at + offset -- where the viewer is
    if time % 86400 >= 5 * 3600 then return state end -- five in the morning and later is no night
    local day = time // 86400
    if day > state.d then
      state.m = day - state.d < days and state.m << day - state.d & 0xFFFFFFF or 0
      state.d = day
    end
    if state.d - day < days then state.m = state.m | 1 << state.d - day end
    note(state.l, at, ref)
    return state
  end,

  member = function(state, now)
    if not has_bits(state.m, nights) then return false end
    -- The answer holds until the oldest of the nights that it needs is too old.
    local count, needed = 0, 0
    for age = 0, days - 1 do
      if state.m >> age & 1 == 1 and now < (state.d - age + days) * 86400 then
        count = count + 1
        if count == nights then needed = state.d - age end
      end
    end
    if count < nights then return false end
    local date = os.date("!%d %B %Y", state.d * 86400):gsub("^0", "")
    local reason = ("began to watch after midnight in %d nights of four weeks, last on %s"):format(count, date)
    return true, reason, { state.l[2], state.l[4], state.l[6] }, (needed + days) * 86400
  end,
}
