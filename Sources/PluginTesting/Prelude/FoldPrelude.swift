/// The last part of the harness that is Lua: viewers of segments, and quality plugins. It goes on where ``testPrelude`` ends.
let foldPrelude: StaticString = #"""
    local function event_text(event)
      if event == nil then fail("fold(event, ...): an event is missing") end
      if failure_of(event) then fail(description(failure_of(event))) end
      -- What is a line feed in an event's text can only stand between values.
      return type(event) == "string" and event:gsub("[\r\n]", " ") or encode(event, nil, true)
    end

    local function now_text(now)
      if type(now) == "number" then return ("%d"):format(now // 1) end
      if type(now) == "string" then return now end
      fail("member(now) takes seconds since 1970, or an RFC 3339 time")
    end

    --- What the plugin answered to a question of a test: a value, nil, or a failure.
    local function answer_to(operation, request)
      local answer = ask(operation, request)
      if answer == nil then return nil end
      if answer:sub(1, 1) == "{" then return decode(answer) end
      return make_failure(answer:match("^(.-)\n(.*)$"))
    end

    --- Methods that all have; `number` is the host's for it.
    local function open(kind, has_consented)
      local number = ask("viewer", kind .. "\n" .. tostring(has_consented))
      local self, list = {}, {}

      function self.fold(me, ...)
        if me ~= self then fail("events are folded by viewer:fold(event, ...), with a colon") end
        for i = 1, select("#", ...) do
          local answer = ask("fold", number .. "\n" .. event_text((select(i, ...))))
          for _, failure in ipairs(answer and decode(answer) or {}) do
            list[#list + 1], made[#made + 1] = failure, failure
          end
        end
      end

      --- A test that does not look at them fails for them.
      function self.failures()
        local seen = {}
        for i, failure in ipairs(list) do
          failure.is_seen = true
          seen[i] = { code = failure.code, message = failure.message, event = failure.event }
        end
        return seen
      end

      return self, number
    end

    function segment(options)
      for name, value in pairs(options or {}) do
        if name ~= "consent" or type(value) ~= "boolean" then fail("segment{ consent = false } is all that it takes") end
      end
      local self, number = open("segment", not options or options.consent ~= false)
      function self.member(_, now) return answer_to("member", number .. "\n" .. now_text(now)) end
      function self.state() return (ask("state", number)) end
      return self
    end

    function quality()
      local self, number = open("quality", true)
      function self.report(_, dimension, value)
        if (dimension == nil) ~= (value == nil) then fail("report() or report(dimension, value), both as strings") end
        return answer_to("report", ("%s\n%s\n%s"):format(number, dimension or "", value or ""))
      end
      return self
    end

    local counts = {}

    --- What a recommender gives a viewer: the list, without what may not be shown.
    function recommend(source, viewer, n)
      if type(source) ~= "table" or type(viewer) ~= "table" then fail("recommend(source, viewer, n) takes two tables") end
      local request = { source = source, viewer = viewer, count = n or 10, seed = viewer.seed }
      local answer = answer_to("recommend", encode(request, nil, true))
      if failure_of(answer) then return answer end
      counts = answer.dropped
      return answer.items
    end

    --- How many titles were left out of the last list, by reason.
    function left_out() return counts end

    --- The elements in another order: the same for the same seed.
    function shuffled(list, seed)
      local result, number = {}, seed or 1
      for i = 1, #list do result[i] = list[i] end
      for i = #result, 2, -1 do
        number = (number * 1103515245 + 12345) & 0x7FFFFFFF
        local other = (number >> 8) % i + 1
        result[i], result[other] = result[other], result[i]
      end
      return result
    end

    return harness
    """#
