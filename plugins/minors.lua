--- Keeps children's profiles out of advertising: their ad events, page visits and beacons and what others sold about
--- them are dropped, and their other events lose searches, free text and identifiers of devices and networks.

local dropped = {
  ["ad.shown"] = true,
  ["ad.clicked"] = true,
  ["beacon.fired"] = true,
  ["page.visited"] = true,
  ["supplement.browsing"] = true,
  ["supplement.demographic"] = true,
  ["supplement.interest"] = true,
}

local removed = { "cookie_id", "device_id", "ip", "location", "query", "region", "result", "text", "transcript" }

---@type Redactor
return {
  kind = "redactor",
  name = "minors",
  version = "1.0.0",
  reads = {
    "data.is_kids", "user.behavior.search_history", "user.content", "user.device", "user.location", "user.social",
  },

  redact = function(event)
    local data = event.data
    if data == nil or data.is_kids ~= true then return event end
    if dropped[event.type] then return nil end
    for _, field in ipairs(removed) do data[field] = nil end
    return event
  end,
}
