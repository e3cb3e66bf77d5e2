/// Segments and quality plugins to start from.
extension PluginTemplate {
    static func segmentFiles(_ name: String) -> [File] {
        [
            File(
                "\(name).lua",
                """
                --- Viewers who played three titles or more in a week.

                local needed, days = 3, 7

                ---@type Segment
                return {
                  kind = "segment",
                  name = "\(name)",
                  version = "1.0.0",
                  -- What it is about: the id of a node of the IAB Audience Taxonomy; 706 is Interest | Television.
                  taxonomy = "706",
                  -- The types of events that it folds, and the data that it sees of them.
                  events = { "playback.stopped" },
                  reads = { "user.behavior.media_consumption" },

                  -- What is kept of a viewer of whom nothing is known: by day, the events.
                  start = function() return {} end,

                  -- Takes one event in. `at` is its time in seconds since 1970, and `ref` stands for it.
                  fold = function(state, event, at, ref)
                    local day = at // 86400
                    state[day] = state[day] or {}
                    if #state[day] < needed then table.insert(state[day], ref) end
                    for known in pairs(state) do
                      if known <= day - days then state[known] = nil end
                    end
                    return state
                  end,

                  -- Whether the viewer is in it now, why, by which events, and until when if nothing happens.
                  member = function(state, now)
                    local refs, oldest = {}, now // 86400
                    for day, list in pairs(state) do
                      if day > now // 86400 - days then
                        for _, ref in ipairs(list) do table.insert(refs, ref) end
                        oldest = math.min(oldest, day)
                      end
                    end
                    if #refs < needed then return false end
                    return true, ("played %d titles within a week"):format(#refs), refs, (oldest + days) * 86400
                  end,
                }

                """),
            File(
                "\(name)_test.lua",
                """
                describe("\(name)", function()
                  local viewer
                  before_each(function() viewer = segment() end)

                  local function play(day)
                    local event = build.playback_stopped()
                    event.id, event.time = "p" .. day, ("2026-01-%02dT20:00:00Z"):format(day)
                    return event
                  end

                  it("finds who played three titles in a week", function()
                    viewer:fold(play(5), play(6))
                    expect(viewer:member("2026-01-07T00:00:00Z").member).to_be(false)
                    viewer:fold(play(7))
                    local answer = viewer:member("2026-01-08T00:00:00Z")
                    expect(answer.member).to_be(true)
                    expect(answer.reason).to_be("played 3 titles within a week")
                    expect(answer.events).to_contain("p7")
                  end)

                  it("lets them go when a week is over", function()
                    viewer:fold(play(5), play(6), play(7))
                    local answer = viewer:member("2026-01-08T00:00:00Z")
                    expect(viewer:member(answer.expires - 1).member).to_be(true)
                    expect(viewer:member(answer.expires).member).to_be(false)
                  end)

                  it("sees no child, and nobody who has not agreed", function()
                    local event = play(5)
                    event.data.is_kids = true
                    viewer:fold(event)
                    expect(viewer:member("2026-01-08T00:00:00Z").refused).to_be("child")
                    local other = segment{ consent = false }
                    other:fold(play(5), play(6), play(7))
                    expect(other:member("2026-01-08T00:00:00Z").refused).to_be("no consent")
                  end)
                end)

                """),
        ]
    }

    static func qualityFiles(_ name: String) -> [File] {
        [
            File(
                "\(name).lua",
                """
                --- How many plays meet an error.

                ---@type Quality
                return {
                  kind = "quality",
                  name = "\(name)",
                  version = "1.0.0",
                  title = "Errors", -- what people call it
                  -- Each value of these has a row of its own: title, device, app_version, region, hour, day.
                  by = { "device", "app_version", "day" },
                  -- The numbers of a row. What ends with _share is shown as %, and so are _ms and _seconds with their units.
                  columns = { "plays", "failed_share" },
                  chart = "failed_share",
                  -- The types of events that it folds, and the data that it sees of them.
                  events = { "playback.stopped" },
                  reads = { "user.telemetry" },

                  -- What is kept of a row that has no event yet.
                  start = function() return { plays = 0, failed = 0 } end,

                  -- Takes one event in. A third argument is its time in seconds since 1970.
                  fold = function(state, event)
                    local errors = event.data and event.data.errors
                    if math.type(errors) then
                      state.plays = state.plays + 1
                      if errors > 0 then state.failed = state.failed + 1 end
                    end
                    return state
                  end,

                  -- The row's numbers, by the names of the columns.
                  report = function(state)
                    return { plays = state.plays, failed_share = state.plays > 0 and state.failed / state.plays or nil }
                  end,
                }

                """),
            File(
                "\(name)_test.lua",
                """
                describe("\(name)", function()
                  local q
                  before_each(function() q = quality() end)

                  local function stop(errors, device)
                    return build.playback_stopped{ errors = errors, device = device }
                  end

                  it("tells how many plays meet an error", function()
                    q:fold(stop(0), stop(2), stop(0), stop(1))
                    expect(q:report()).to_equal({ plays = 4, failed_share = 0.5 })
                  end)

                  it("tells devices apart", function()
                    q:fold(stop(0, "tv"), stop(1, "phone"))
                    expect(q:report("device", "tv").failed_share).to_be(0)
                    expect(q:report("device", "radio")).to_be_nil()
                  end)

                  it("leaves out what was not measured", function()
                    q:fold(stop(json.null))
                    expect(q:report()).to_equal({ plays = 0 })
                  end)
                end)

                """),
        ]
    }
}
