--- Takes out who viewers are and where they can be reached: contact data, payment data and network identifiers, also
--- where free text gives them away. What was watched and rated stays, and what was searched for but for that.

local function remove() return nil end

local function country_only(address) return { country = address.country } end

local function kind_only(method) return { kind = method.kind } end

local rules = {
  -- contact
  name = remove,
  given_name = remove,
  family_name = remove,
  email = mask.email,
  phone = mask.phone,
  postal_address = country_only,
  postal_code = remove,
  government_id = remove,
  account = remove, -- at a social network
  -- payment
  payment_method = kind_only,
  -- network identifiers
  ip = mask.ip,
  cookie_id = host.hash,
  -- free text
  text = mask.text,
  query = mask.text, -- people also type what is theirs into a search field
  transcript = mask.text,
  agent = mask.name,
  topic = mask.text,
  resolution = mask.text,
  -- addresses of pages may carry anything behind the question mark
  url = mask.text,
  referrer = mask.text,
}

---@type Redactor
return {
  kind = "redactor",
  name = "redact",
  version = "1.0.0",
  reads = {
    "user.behavior.browsing_history", "user.behavior.search_history", "user.contact", "user.content", "user.device.cookie_id",
    "user.device.ip_address", "user.government_id", "user.name", "user.payment", "user.social",
  },

  redact = function(event)
    local data = event.data
    if data == nil then return event end
    for field, value in pairs(data) do
      local rule = rules[field]
      if rule and value ~= json.null then data[field] = rule(value) end
    end
    return event
  end,
}
