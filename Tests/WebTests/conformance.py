"""Plugins that must do the same in a page as natively."""

CHAINS = {
    "redact.lua": ["plugins/redact.lua"],
    "pseudonymise.lua": ["plugins/pseudonymise.lua"],
    "minors.lua": ["plugins/minors.lua"],
    "all bundled plugins": ["plugins/minors.lua", "plugins/pseudonymise.lua", "plugins/redact.lua"],
}

# Bodies of `redact`.
NASTY = {
    "a loop": "::a:: goto a",
    "a pattern without end": "while true do ('x'):rep(1000000):gsub('', '') end",
    "a string that doubles": "local s = 'x' while true do s = s .. s end",
    "a table without end": "local t = {} while true do t[#t + 1] = function() return t end end",
    "a recursion without end": "local function f() return 1 + f() end return f()",
    "a limit within pcall": "local function f() pcall(f) pcall(f) end f()",
    "an error that is a table": "error({ code = 1 })",
    "a long error": "error(('x'):rep(5000))",
    "a sort that lies": "local t = {} for i = 1, 100 do t[i] = i % 7 end table.sort(t, function() return true end) return event",
    "too large an event": "for i = 1, 3000 do event.data['k' .. i] = i end return event",
    "a value of the wrong kind": "event.data.provider = {} return event",
    "a result that is none": "return 5",
    "an event that is dropped": "if event.type == 'title.added' then return nil end return event",
    "numbers of every kind": "event.data.n = { 0.1, 1e300, -0.0, 1 / 3, 2^53, math.mininteger, 1e15, 123456.789e-7 } return event",
    "texts of every kind": "event.data.s = 'ä\\u{1F989}\\0\\t\"\\\\/' .. string.format('%q %5.2f %x', 'x', 3.14159, 255) return event",
    "chance and order": "local t = {} for i = 1, 20 do t['k' .. math.random(1000)] = i end event.data.o = {} for k, v in pairs(t) do event.data.o[k] = v end return event",
    "a hash": "event.data.h = host.hash(event.id) .. os.date('!%c', 86400) return event",
}

# Whole files.
UNLOADABLE = {
    "a mistake in the syntax": "return {\n  kind = = 5\n}\n",
    "no table": "return 5\n",
    "no name": 'return { kind = "redactor", version = "1.0.0", redact = function(event) return event end }\n',
    "a loop at its start": "while true do end\n",
    "an unknown category": 'return { kind = "redactor", name = "x", version = "1.0.0", reads = { "user.nothing" }, redact = function(event) return event end }\n',
}

# The body of `redact`, and tests that fail, or whose file does not run.
NASTY_TESTS = {
    "a difference": ("return event", "it('x', function()\n  local event = build.account_opened()\n  event.data.a = { 1.0, 'ä', json.null }\n  expect(redact(event)).to_equal(build.account_opened())\nend)\n"),
    "a plugin that fails": ("error('no')", "it('x', function() redact(build.ad_shown()) end)\nit('y', function() expect(redact(build.ad_shown())).to_fail_with('error') end)\n"),
    "a plugin that loops": ("while true do end", "it('x', function() expect(redact(build.ad_shown())).to_be_nil() end)\n"),
    "an event of the wrong kind": ("return event", "it('x', function() redact('{\"id\":') end)\nit('y', function() redact({ 1, a = 2 }) end)\nit('z', function() parse('1 2') end)\n"),
    "tests that print": ("host.log('seen') return event", "it('x', function()\n  redact(build.ad_shown())\n  print(logs() .. 1.5)\n  print(nil)\n  error({ code = 1 })\nend)\npending('later')\n"),
    "too much that is printed": ("return event", "it('x', function() for i = 1, 1e5 do print(('x'):rep(1000)) end end)\n"),
    "memory without end": ("return event", "it('x', function()\n  local s = 'x'\n  while true do s = s .. s end\nend)\n"),
    "a loop": ("return event", "it('x', function()\n  ::a:: goto a\nend)\n"),
    "numbers as they are written": ("return event", "it('x', function()\n  local event = parse('{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"n\":1.0,\"m\":12345678901234567890,\"e\":1e2}}')\n  expect(redact(event).data).to_equal({ n = 1, m = 0.1, e = 1 / 3 })\nend)\n"),
    "two tests of one name": ("return event", "it('x', function() end)\nit('x', function() end)\n"),
    "no test": ("return event", "local x = 1\n"),
    "a mistake in the syntax": ("return event", "it('x', function(\n"),
    "a plugin that cannot be read": ("return = event", "it('x', function() end)\n"),
    "a wrong place in a message": ("return event", "it('x', function() error('harness:1: no', 0) end)\nit('y', function() error('a:1: no\\nb', 0) end)\nit('z', function() error(':1: no', 0) end)\n"),
}
