--- Viewers who look at travel: by what others say of them, and by the pages that they open.

local words = { "travel", "holiday", "vacation", "flight", "hotel", "cruise", "rail", "ferry", "beach", "island" }
local weights = { ["supplement.interest"] = 3, ["supplement.browsing"] = 2, ["page.visited"] = 1, ["beacon.fired"] = 1 }
local needed = 3
local fading = 0.5 ^ (1 / 14) -- what a day leaves of it: the half after two weeks

--- What so many days leave of it. By multiplication alone, which gives the same everywhere.
local left = { [0] = 1.0 }
for days = 1, 1000 do left[days] = left[days - 1] * fading end

local function faded(number, days) return number * (left[days] or 0.0) end

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

--- Whether one of the words stands in the text by itself or with an s: "rail" is not in "trailer".
local function is_about_travel(text)
  if type(text) ~= "string" then return false end
  text = " " .. text:sub(1, 1000):lower() .. " "
  for _, word in ipairs(words) do
    if text:find("%A" .. word .. "s?%A") then return true end
  end
  return false
end

local function tells_of_travel(data)
  for _, list in ipairs({ data.interests or false, data.topics or false }) do
    -- An array of the event's; neither false nor json.null.
    if type(list) == "userdata" and list ~= json.null then
      for _, text in ipairs(list) do
        if is_about_travel(text) then return true end
      end
    end
  end
  return is_about_travel(data.url)
end

---@type Segment
return {
  kind = "segment",
  name = "travel-interest",
  version = "1.0.0",
  taxonomy = "719", -- Interest | Travel
  events = { "supplement.interest", "supplement.browsing", "page.visited", "beacon.fired" },
  reads = { "data.interests", "user.behavior.browsing_history" },
  ttl_days = 14,

  --- On day `d`: the faded sum `s` of what was seen; how many events `n` that were, and the latest ones `l`.
  start = function() return { d = 0, s = 0.0, n = 0, l = {} } end,

  fold = function(state, event, at, ref)
    if not event.data or not tells_of_travel(event.data) then return state end
    local day = at // 86400
    if day > state.d then state.s, state.d = faded(state.s, day - state.d), day end
    state.s = state.s + faded(weights[event.type], state.d - day)
    state.n = state.n + 1
    note(state.l, at, ref)
    return state
  end,

  member = function(state, now)
    local today = math.max(state.d, now // 86400)
    local rest, days = faded(state.s, today - state.d), 0
    if rest < needed then return false end
    while rest >= needed do days, rest = days + 1, rest * fading end
    local date = os.date("!%d %B %Y", state.l[1]):gsub("^0", "")
    local reason = state.n == 1 and "was said to be interested in travel on " .. date
      or ("met with travel %d times, last on %s"):format(state.n, date)
    return true, reason, { state.l[2], state.l[4], state.l[6] }, (today + days) * 86400
  end,
}
