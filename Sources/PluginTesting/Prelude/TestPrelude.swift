/// The second part of the harness that is Lua: what every test file finds as globals. It goes on where ``valuePrelude`` ends,
/// and ``foldPrelude`` goes on where it ends.
///
/// The host runs the file anew for each test, in a state of its own, and calls `run` for the test whose turn it is.
let testPrelude: StaticString = #"""
    _G.native, _G.mask, _G.host = nil, nil, nil
    local find = string.find

    function print(...)
      local parts = {}
      for i = 1, select("#", ...) do parts[i] = tostring((select(i, ...))) end
      ask("print", concat(parts, "\t"))
    end

    -- What `redact` gives where the plugin failed. A test that does not look at it fails for it.

    local failures, made = setmetatable({}, { __mode = "k" }), {}

    local function description(failure) return ("the plugin failed: %s: %s"):format(failure.code, failure.message) end

    local failure_type = {
      __metatable = "failure",
      __index = function(self, key)
        local failure = failures[self]
        failure.is_seen = true
        if key == "code" or key == "message" then return failure[key] end
        fail(description(failure))
      end,
      __newindex = function(self) fail(description(failures[self])) end,
    }

    local function make_failure(code, message)
      local failure = { code = code, message = message }
      local value = setmetatable({}, failure_type)
      failures[value], made[#made + 1] = failure, failure
      return value
    end

    local function failure_of(value) return type(value) == "table" and failures[value] or nil end

    -- A matcher returns whether it holds, what to say where it does not, and what to say where it should not.

    local matchers, of_failures = {}, {}

    function matchers.to_equal(actual, expected)
      local list = {}
      compare(actual, expected, "value", list, 1)
      local shown = concat(list, "\n", 1, #list < 10 and #list or 10)
      if #list > 10 then shown = shown .. ("\n... and %d more"):format(#list - 10) end
      return #list == 0, shown, "expected anything but " .. show(expected)
    end

    function matchers.to_be(actual, expected)
      local message = ("expected %s, got %s"):format(show(expected), show(actual))
      if type(actual) == "table" and type(expected) == "table" then
        message = "expected the very same table (to_equal compares what is in it)"
      end
      return rawequal(actual, expected), message, "expected anything but " .. show(expected)
    end

    function matchers.to_be_nil(actual) return actual == nil, "expected nil, got " .. show(actual), "expected a value, got nil" end
    function matchers.to_be_truthy(actual) return actual and true, "expected a true value, got " .. show(actual) end
    function matchers.to_be_falsy(actual) return not actual, "expected nil or false, got " .. show(actual) end

    function matchers.to_contain(actual, expected)
      local found = false
      if type(actual) == "string" and type(expected) == "string" then
        found = actual:find(expected, 1, true) ~= nil
      elseif type(actual) == "table" and not is_array(actual) then
        found = actual[expected] ~= nil
      elseif type(actual) == "table" then
        for _, value in ipairs(actual) do found = found or (matchers.to_equal(value, expected)) end
      else
        fail(("to_contain looks into a string or a table, not into %s"):format(show(actual)))
      end
      return found, ("expected %s to contain %s"):format(show(actual), show(expected))
    end

    function matchers.to_match(actual, pattern)
      if type(actual) ~= "string" then fail(("to_match looks at a string, not at %s"):format(show(actual))) end
      local is_pattern, start = pcall(find, actual, pattern)
      if not is_pattern then fail(start) end
      return start ~= nil, ("expected %s to match the pattern %s"):format(show(actual), show(pattern))
    end

    function matchers.to_be_near(actual, expected, distance)
      distance = distance or 1e-9
      if type(actual) ~= "number" then fail(("to_be_near looks at a number, not at %s"):format(show(actual))) end
      local difference = actual - expected
      return difference <= distance and difference >= -distance,
        ("expected %s within %s of %s"):format(show(actual), show(distance), show(expected))
    end

    function matchers.to_be_dropped(actual)
      return actual == nil, "expected the event to be dropped, got " .. show(actual), "the event was dropped"
    end

    function of_failures.to_fail(actual)
      local failure = failure_of(actual)
      return failure ~= nil, "expected the plugin to fail, got " .. show(actual), failure and description(failure)
    end

    function of_failures.to_fail_with(actual, code)
      local failure = failure_of(actual)
      return failure ~= nil and failure.code == code,
        ("expected the plugin to fail with %s, got %s"):format(
          tostring(code), failure and failure.code .. ": " .. failure.message or show(actual))
    end

    function matchers.to_match_snapshot(actual, name)
      local message = ask("snapshot", quote(name or "") .. "\n" .. encode(actual, ""))
      return message == nil, message
    end

    local function expectation(actual, negated)
      return setmetatable({}, { __index = function(_, name)
        if name == "never" then return expectation(actual, not negated) end
        local failure, matcher = failure_of(actual), of_failures[name]
        if failure then
          failure.is_seen = true
          if not matcher then fail(description(failure)) end
        end
        matcher = matcher or matchers[name] or fail(("there is no expectation '%s'"):format(tostring(name)))
        if negated and name == "to_match_snapshot" then fail("a snapshot has no opposite") end
        return function(...)
          local holds, message, opposite = matcher(actual, ...)
          if negated then
            holds, message = not holds, opposite or ("expected the opposite of %s for %s"):format(name, show(actual))
          end
          if not holds then fail(message) end
        end
      end })
    end

    function expect(...)
      if select("#", ...) ~= 1 then fail("expect(value) takes one value") end
      return expectation((...), false)
    end

    -- The plugin and its events.

    function redact(event)
      if event == nil then fail("redact(event): the event is missing") end
      if failure_of(event) then fail(description(failure_of(event))) end
      local answer = ask("redact", type(event) == "string" and event or encode(event, nil, true))
      if answer == nil then return nil end
      if answer:sub(1, 1) == "{" then return decode(answer) end
      return make_failure(answer:match("^(.-)\n(.*)$"))
    end

    function logs() return (ask("logs")) end

    function parse(text)
      if type(text) ~= "string" then fail("parse(text): the JSON text is missing") end
      ask("check", text)
      return decode(text)
    end

    function fixture(name)
      if type(name) ~= "string" then fail("fixture(name): the file's name is missing") end
      local events = {}
      for line in ask("fixture", name):gmatch("[^\r\n]+") do events[#events + 1] = decode(line) end
      return events
    end

    build = setmetatable({}, { __index = function(_, name)
      local sample = ask("sample", (tostring(name):gsub("_", ".", 1)))
      return function(data)
        if data ~= nil and type(data) ~= "table" then fail(("build.%s{...} takes the event's data as a table"):format(name)) end
        local event = decode(sample)
        for key, value in pairs(data or {}) do event.data[key] = value end
        return event
      end
    end })

    -- Describing and running.

    local tests, scope, is_running, harness = {}, { before = {}, after = {} }, false, {}

    local function check_name(caller, name)
      if is_running then fail(("%s(...) cannot stand inside a test"):format(caller)) end
      if type(name) ~= "string" or name == "" then fail(("%s(name, function): the name is missing"):format(caller)) end
    end

    local function check_body(caller, body)
      if is_running then fail(("%s(...) cannot stand inside a test"):format(caller)) end
      if type(body) ~= "function" then fail(("%s(...): its function is missing"):format(caller)) end
    end

    local function full_name(name) return (scope.name and scope.name .. " > " or "") .. name end

    function describe(name, body)
      check_name("describe", name)
      check_body("describe", body)
      local outer = scope
      scope = { name = full_name(name), outer = outer, before = {}, after = {} }
      body()
      scope = outer
    end

    local function add(kind, name, body)
      local _, place = pcall(fail, "")
      tests[#tests + 1] = { body = body, scope = scope, place = place }
      ask(kind, place .. "\n" .. full_name(name))
    end

    function it(name, body)
      check_name("it", name)
      check_body("it", body)
      add("test", name, body)
    end

    function pending(name)
      check_name("pending", name)
      add("pending", name)
    end

    function before_each(body)
      check_body("before_each", body)
      scope.before[#scope.before + 1] = body
    end

    function after_each(body)
      check_body("after_each", body)
      scope.after[#scope.after + 1] = body
    end

    local function run_all(list) for _, body in ipairs(list) do body() end end

    local function prepare(inner)
      if inner.outer then prepare(inner.outer) end
      run_all(inner.before)
    end

    local function clean_up(inner)
      run_all(inner.after)
      if inner.outer then clean_up(inner.outer) end
    end

    local function raise(message) error(type(message) == "string" and message or show(message), 0) end

    function harness.run()
      local test = tests[tonumber(native("current"))]
      is_running = true
      local done, message = pcall(function()
        prepare(test.scope)
        test.body()
      end)
      local cleaned, other = pcall(clean_up, test.scope)
      local unseen
      for _, failure in ipairs(made) do
        if not unseen and not failure.is_seen then unseen = "no expectation looks at it: " .. description(failure) end
      end
      if not done then raise(type(message) == "string" and unseen and message .. "\n" .. unseen or message) end
      if not cleaned then raise(other) end
      if unseen then raise(test.place .. unseen) end
    end

    """#
