-- The script that one would write instead: lua5.4 or luajit with lua-cjson.
local json = require "cjson"
local output = io.open(arg[2], "w")
for line in io.lines(arg[1]) do
  local event = json.decode(line)
  local data = event.data
  data.email = nil
  data.phone = nil
  data.ip = data.ip:gsub("%d+$", "0")
  output:write(json.encode(event), "\n")
end
output:close()
