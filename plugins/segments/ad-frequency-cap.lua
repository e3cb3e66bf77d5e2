--- Viewers who have seen enough advertisements for a day: of one campaign, or at all.

local most, most_of_one = 12, 4 -- within 24 hours

---@type Segment
return {
  kind = "segment",
  name = "ad-frequency-cap",
  version = "1.0.0",
  use = "exclude", -- keeps advertisements away
  events = { "ad.shown" },
  reads = { "system.operations" }, -- the campaign's name
  ttl_days = 1,

  --- By hour since 1970: how many in all, at "", and of each campaign. `t` and `r` are the latest one's time and event.
  start = function() return { h = {}, t = 0 } end,

  fold = function(state, event, at, ref)
    local hour, last = at // 3600, state.t
    local oldest = (at > last and at or last) // 3600 - 24
    if hour <= oldest then return state end
    local counts = state.h[hour]
    if not counts then
      counts = { [""] = 0 }
      state.h[hour] = counts
    end
    local count = counts[""] + 1
    counts[""] = count
    -- Once the hour has reached the limit for all, the others change nothing.
    local campaign = count <= most and event.data and event.data.campaign
    if type(campaign) == "string" and #campaign > 0 and #campaign <= 50 then
      counts[campaign] = (counts[campaign] or 0) + 1
    end
    if at <= last then return state end
    state.t, state.r = at, ref
    -- There are hours up to the last one. Those that this one makes too old go: all names of a day just fit into a state.
    last = last // 3600
    if last > 0 then
      for known = last - 23, oldest < last and oldest or last do state.h[known] = nil end
    end
    return state
  end,

  member = function(state, now)
    local hours, campaigns = {}, {}
    for hour, counts in pairs(state.h) do
      if hour > now // 3600 - 24 then
        hours[#hours + 1] = hour
        for name in pairs(counts) do campaigns[name] = true end
      end
    end
    table.sort(hours)
    --- How many there are, and the time from which on there are less than `limit`.
    local function seen(name, limit)
      local count, gone = 0, now
      for i = #hours, 1, -1 do
        local before = count
        count = count + (state.h[hours[i]][name] or 0)
        if before < limit and count >= limit then gone = (hours[i] + 24) * 3600 end
      end
      return count, gone
    end
    local count, gone = seen("", most)
    if count >= most then return true, ("saw %d advertisements within a day"):format(count), { state.r }, gone end
    local worst, worst_count = nil, 0
    for name in pairs(campaigns) do
      local of_one, time = seen(name, most_of_one)
      if name ~= "" and of_one >= most_of_one then
        gone = math.max(gone, time)
        if of_one > worst_count or of_one == worst_count and name < worst then worst, worst_count = name, of_one end
      end
    end
    if not worst then return false end
    return true, ("saw %d advertisements of %s within a day"):format(worst_count, worst), { state.r }, gone
  end,
}
