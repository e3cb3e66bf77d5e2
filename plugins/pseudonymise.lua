--- Puts keyed pseudonyms in the place of all that tells one viewer, device or session from another. The same value has
--- the same pseudonym in every event, so that histories stay whole; without the host's key nobody can turn it back.

local identifiers = {
  "profile", "username", "device_id", "cookie_id", "session_id", "playback_id", "reference", "account", "from",
}

---@type Redactor
return {
  kind = "redactor",
  name = "pseudonymise",
  version = "1.0.0",
  reads = {
    "user.account.username", "user.device.cookie_id", "user.device.device_id", "user.social", "user.unique_id",
  },

  redact = function(event)
    if event.subject then event.subject = host.hash(event.subject) end
    local data = event.data
    if data == nil then return event end
    for _, field in ipairs(identifiers) do
      local value = data[field]
      if value ~= nil and value ~= json.null then data[field] = host.hash(value) end
    end
    return event
  end,
}
