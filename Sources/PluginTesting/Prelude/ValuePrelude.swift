/// The first part of the harness that is Lua: JSON values, how they are shown, and where two differ.
///
/// A table that was read from JSON remembers the order of its keys and how its numbers were written, so that an event
/// goes to the plugin as it came, `1.0` and 20-digit integers included, and is compared by what is written.
let valuePrelude: StaticString = #"""
    local native, null = native, json.null
    local error, getmetatable, ipairs, pairs, pcall, rawequal, select, setmetatable, tonumber, tostring, type =
      error, getmetatable, ipairs, pairs, pcall, rawequal, select, setmetatable, tonumber, tostring, type
    local math_type, huge, concat, utf8_char = math.type, math.huge, table.concat, utf8.char
    local make_array = json.array

    --- Raises `message` with the place in the test file that led here.
    local function fail(message)
      for level = 2, 16 do
        local _, place = pcall(error, "", level)
        if place ~= "" and place:sub(1, 8) ~= "harness:" then error(place .. message, 0) end
      end
      error(message, 0)
    end

    --- What the host answers; its error is the test's.
    local function ask(operation, text)
      local answer, message = native(operation, text)
      if message then fail(message) end
      return answer
    end

    local max_depth = 64
    -- By table: `keys` in their order, and the `numbers` as they were written.
    local origins = setmetatable({}, { __mode = "k" })

    --- Whether the table is a JSON array: made by json.array, whose metatable is hidden, or all of it a list.
    local function is_array(value)
      if getmetatable(value) == false then return true end
      local count = 0
      for _ in pairs(value) do count = count + 1 end
      return count > 0 and count == #value
    end

    --- The keys of an object: first those that were read, then the others by name.
    local function keys_of(value)
      local keys, known = {}, {}
      for _, key in ipairs(origins[value] and origins[value].keys or {}) do
        known[key] = true
        if value[key] ~= nil then keys[#keys + 1] = key end
      end
      for key in pairs(value) do
        if not known[key] then keys[#keys + 1] = key end
      end
      return keys
    end

    --- How the number at `key` was written, where it is still that number.
    local function written(value, key)
      local text = origins[value] and origins[value].numbers[key]
      local number = text and tonumber(text)
      if number and number == value[key] and math_type(number) == math_type(value[key]) then return text end
    end

    local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

    local function quote(text)
      return '"' .. text:gsub('[%c"\\]', function(c) return escapes[c] or ("\\u%04x"):format(c:byte()) end) .. '"'
    end

    local function number_text(value)
      if math_type(value) == "integer" then return ("%d"):format(value) end
      local text = ("%.15g"):format(value)
      if tonumber(text) ~= value then text = ("%.17g"):format(value) end
      return text:find("^-?%d+$") and text .. ".0" or text
    end

    --- A value as JSON, over several lines with `indent`. What JSON cannot hold is an error if `strict`, else `<kind>`.
    local function encode(value, indent, strict, depth)
      local kind = type(value)
      depth = depth or 1
      if value == nil or value == null then return "null" end
      if kind == "string" then return quote(value) end
      if kind == "boolean" then return tostring(value) end
      if kind == "number" then
        if strict and (value ~= value or value == huge or value == -huge) then fail("JSON has no infinity and no NaN") end
        return number_text(value)
      end
      if kind ~= "table" then
        if strict then fail(("a %s is no JSON value"):format(kind)) end
        return "<" .. kind .. ">"
      end
      if depth > max_depth then
        if strict then fail(("a table nested deeper than %d levels, or in itself, is no JSON value"):format(max_depth)) end
        return "..."
      end
      local parts, open, close = {}, "{", "}"
      local inner = indent and indent .. "  "
      if is_array(value) then
        open, close = "[", "]"
        for i = 1, #value do parts[i] = written(value, i) or encode(value[i], inner, strict, depth + 1) end
      else
        for i, key in ipairs(keys_of(value)) do
          if strict and type(key) ~= "string" then
            fail("a table with both positions and names, or with holes, is neither a JSON array nor an object")
          end
          parts[i] = quote(tostring(key)) .. (indent and ": " or ":")
            .. (written(value, key) or encode(value[key], inner, strict, depth + 1))
        end
      end
      if #parts == 0 then return open .. close end
      if not indent then return open .. concat(parts, ",") .. close end
      return open .. "\n" .. inner .. concat(parts, ",\n" .. inner) .. "\n" .. indent .. close
    end

    local plain = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

    local function read_string(text, position)
      local parts = {}
      position = position + 1
      while true do
        local stop = text:find('["\\]', position)
        parts[#parts + 1] = text:sub(position, stop - 1)
        if text:sub(stop, stop) == '"' then return concat(parts), stop + 1 end
        local escape = text:sub(stop + 1, stop + 1)
        position = stop + 2
        if escape == "u" then
          local code = tonumber(text:sub(stop + 2, stop + 5), 16)
          position = stop + 6
          if code >= 0xD800 and code < 0xDC00 then
            code = 0x10000 + (code - 0xD800) * 0x400 + tonumber(text:sub(stop + 8, stop + 11), 16) - 0xDC00
            position = stop + 12
          end
          parts[#parts + 1] = utf8_char(code)
        else
          parts[#parts + 1] = plain[escape] or escape
        end
      end
    end

    local words = { t = true, f = false, n = null }
    local word_lengths = { t = 4, f = 5, n = 4 }

    --- The value at `position` of a JSON text that the host has checked, the position behind it, and the text of a number.
    local function read_value(text, position)
      position = text:find("[^ \t\r\n]", position)
      local first = text:sub(position, position)
      if first == '"' then return read_string(text, position) end
      if word_lengths[first] then return words[first], position + word_lengths[first] end
      if first ~= "{" and first ~= "[" then
        local number = text:match("^[-+%d.eE]+", position)
        return tonumber(number), position + #number, number
      end
      local result = first == "[" and make_array({}) or {}
      local origin = { keys = {}, numbers = {} }
      origins[result] = origin
      local close = first == "{" and "}" or "]"
      position = text:find("[^ \t\r\n]", position + 1)
      while text:sub(position, position) ~= close do
        if text:sub(position, position) == "," then position = text:find("[^ \t\r\n]", position + 1) end
        local key = #result + 1
        if first == "{" then
          key, position = read_string(text, position)
          position = text:find(":", position, true) + 1
          origin.keys[#origin.keys + 1] = key
        end
        result[key], position, origin.numbers[key] = read_value(text, position)
        position = text:find("[^ \t\r\n]", position)
      end
      return result, position + 1
    end

    local function decode(text) return (read_value(text, 1)) end

    --- For messages: short, and with nil told from json.null.
    local function show(value, number)
      if value == nil then return "nil" end
      local text = number or encode(value)
      return #text > 200 and text:sub(1, 200) .. "..." or text
    end

    local function is_container(value) return type(value) == "table" end

    local compare

    local function compare_members(actual, expected, path, list, depth)
      if is_array(actual) ~= is_array(expected) then
        list[#list + 1] = ("%s: expected %s, got %s"):format(path, show(expected), show(actual))
        return
      end
      local keys = keys_of(expected)
      for _, key in ipairs(keys_of(actual)) do
        if expected[key] == nil then keys[#keys + 1] = key end
      end
      for _, key in ipairs(keys) do
        local below = type(key) == "number" and ("%s[%d]"):format(path, key)
          or path == "value" and tostring(key) or path .. "." .. tostring(key)
        if actual[key] == nil then
          list[#list + 1] = ("%s: expected %s, but it is not there"):format(below, show(expected[key]))
        elseif expected[key] == nil then
          list[#list + 1] = ("%s: %s was not expected"):format(below, show(actual[key]))
        else
          compare(actual[key], expected[key], below, list, depth + 1, written(actual, key), written(expected, key))
        end
      end
    end

    --- Adds to `list` where `actual` is not `expected`. Two numbers that were read from JSON are the same where their texts
    --- are; one that the test wrote stands for its value and whether it is an integer.
    function compare(actual, expected, path, list, depth, actual_text, expected_text)
      if depth > max_depth then fail("values nested deeper than 64 levels, or in themselves, cannot be compared") end
      if is_container(actual) and is_container(expected) then
        if not rawequal(actual, expected) then compare_members(actual, expected, path, list, depth) end
        return
      end
      local same = rawequal(actual, expected) and math_type(actual) == math_type(expected)
      if actual_text and expected_text then same = actual_text == expected_text end
      if not same then
        list[#list + 1] =
          ("%s: expected %s, got %s"):format(path, show(expected, expected_text), show(actual, actual_text))
      end
    end

    """#
