/// The part of the sandbox that is itself Lua: what is written in Lua is counted by the instruction limit.
///
/// Its argument is native: `charge(steps)`.
let prelude: StaticString = """
    local charge = ...
    local error, type, select, pairs, setmetatable = error, type, select, pairs, setmetatable
    local mathtype = math.type

    local function check_table(value, position, name)
      if type(value) ~= "table" and not (type(value) == "userdata") then
        error(("bad argument #%d to '%s' (table expected, got %s)"):format(position, name, type(value)), 3)
      end
    end

    local function check_integer(value, position, name)
      if mathtype(value) == "integer" then return value end
      local number = math.tointeger(value)
      if number then return number end
      error(("bad argument #%d to '%s' (number expected, got %s)"):format(position, name, type(value)), 3)
    end

    function table.move(from, first, last, target, to)
      check_table(from, 1, "move")
      first = check_integer(first, 2, "move")
      last = check_integer(last, 3, "move")
      target = check_integer(target, 4, "move")
      if to == nil then to = from else check_table(to, 5, "move") end
      if last >= first then
        if target > last or target <= first or to ~= from then
          for i = 0, last - first do to[target + i] = from[first + i] end
        else
          for i = last - first, 0, -1 do to[target + i] = from[first + i] end
        end
      end
      return to
    end

    function table.pack(...)
      return { n = select("#", ...), ... }
    end

    local function unpack_from(list, first, last)
      local count = last - first + 1
      if count <= 0 then return end
      if count == 1 then return list[first] end
      if count == 2 then return list[first], list[first + 1] end
      if count == 3 then return list[first], list[first + 1], list[first + 2] end
      return list[first], list[first + 1], list[first + 2], unpack_from(list, first + 3, last)
    end

    function table.unpack(list, first, last)
      first = first == nil and 1 or check_integer(first, 2, "unpack")
      last = last == nil and #list or check_integer(last, 3, "unpack")
      if last >= first and (last - first < 0 or last - first >= 10000) then error("too many results to unpack", 2) end
      return unpack_from(list, first, last)
    end

    -- Heapsort (Williams 1964): never more than n log n comparisons, whatever the comparator answers.
    function table.sort(list, less)
      check_table(list, 1, "sort")
      if less == nil then
        less = function(a, b) return a < b end
      elseif type(less) ~= "function" then
        error("bad argument #2 to 'sort' (function expected, got " .. type(less) .. ")", 2)
      end
      local function sift(root, last)
        local value = list[root]
        while root * 2 <= last do
          local child = root * 2
          if child < last and less(list[child], list[child + 1]) then child = child + 1 end
          if not less(value, list[child]) then break end
          list[root] = list[child]
          root = child
        end
        list[root] = value
      end
      local length = #list
      for root = length // 2, 1, -1 do sift(root, length) end
      for last = length, 2, -1 do
        list[1], list[last] = list[last], list[1]
        sift(1, last - 1)
      end
    end

    -- Lua calls a message handler, and closes what an ended coroutine left open, with its hooks switched off where the
    -- error came out of a hook, as a limit's does: no plugin code may run there. `charge` raises once a limit has tripped.
    local pcall = pcall
    local function handled(handler, ok, ...)
      if ok then return true, ... end
      charge(1)
      local _, message = pcall(handler, (...))
      return false, message
    end
    function xpcall(f, handler, ...)
      if type(handler) ~= "function" then
        error("bad argument #2 to 'xpcall' (function expected, got " .. type(handler) .. ")", 2)
      end
      return handled(handler, pcall(f, ...))
    end

    -- A coroutine counts its instructions by itself: every switch pays for what it may run uncounted.
    local create, resume, close = coroutine.create, coroutine.resume, coroutine.close
    function coroutine.resume(...)
      charge(1000)
      return resume(...)
    end
    function coroutine.close(routine)
      charge(1000)
      return close(routine)
    end
    local function results(routine, ok, ...)
      if ok then return ... end
      charge(1)
      close(routine)
      error((...), 0)
    end
    function coroutine.wrap(f)
      local routine = create(f)
      return function(...)
        charge(1000)
        return results(routine, resume(routine, ...))
      end
    end

    local function protect(name)
      local library = _G[name]
      _G[name] = setmetatable({}, {
        __index = library,
        __newindex = function(_, key)
          error(("'%s.%s' cannot be set: libraries are read-only"):format(name, tostring(key)), 2)
        end,
        __pairs = function()
          local copy = {}
          for key, value in pairs(library) do copy[key] = value end
          return pairs(copy)
        end,
        __metatable = false,
      })
    end
    for _, name in ipairs({ "coroutine", "host", "json", "mask", "math", "os", "sketch", "string", "table", "utf8" }) do
      protect(name)
    end
    function print(...)
      local parts = table.pack(...)
      for i = 1, parts.n do parts[i] = tostring(parts[i]) end
      host.log(table.concat(parts, "\\t", 1, parts.n))
    end
    """
