"""Ad segments in the page that reads archives."""

import base64
import json
import os

import archives
from cases import ROOT, case, check, contains, equal
from webdriver import wait

FOLDER = os.path.join(ROOT, "plugins", "segments")

FOLD_IN_PAGE = """
    const [plugins, archive] = arguments;
    const bytes = Uint8Array.from(atob(archive), (letter) => letter.charCodeAt(0));
    return import("/engine/client.js").then(async ({ EngineClient }) => {
      const client = await EngineClient.load();
      const chosen = [{ path: "archive.zip", blob: new Blob([bytes]) }];
      return client.ask("segments", { plugins, name: "archive.zip", chosen, key: new Uint8Array(32) }, {});
    });
"""


def segments():
    """The bundled segments, as the page takes them."""
    names = sorted(name for name in os.listdir(FOLDER) if name.endswith(".lua") and not name.endswith("_test.lua"))
    for name in names:
        with open(os.path.join(FOLDER, name), encoding="utf-8", newline="") as file:
            yield {"name": name, "source": file.read()}


def fold(bench, plugins, archive):
    """What the engine in the page makes of an archive, without the page around it."""
    bench.browser.open(f"{bench.server.address}/index.html")
    return bench.browser.script(FOLD_IN_PAGE, plugins, base64.b64encode(archive).decode())


def example():
    files = {}
    folder = os.path.join(ROOT, "examples", "netflix-report")
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            with open(full, "rb") as file:
                files[os.path.relpath(full, folder)] = file.read()
    return archives.zipped(files)


def open_segments(bench, seconds=30):
    bench.browser.click("#segments-details summary")
    wait(lambda: bench.browser.script("return document.querySelectorAll('.profile').length"), "the profiles are shown", seconds)


# A segment in which everybody is who has played something, and what it answers with.
EVERYBODY = """--- Viewers who have played something.
return {
  kind = "segment", name = "everybody", version = "1.0.0", taxonomy = "706", reads = { "user.behavior.media_consumption" },
  events = { "playback.stopped" }, start = function() return {} end,
  fold = function(state, event, at, ref) state.ref = ref return state end,
  member = function(state, now) return true, "played something", { state.ref, -1, 1 << 40, state.ref }, now + 1e15 end,
}
"""


@case("says which segments the profiles of the made-up archive could be put in, as host segments explains them")
def explains_alike(bench):
    answer = fold(bench, list(segments()), example())
    check("error" not in answer, f"the page fails: {answer.get('error')}")
    found = answer["result"]
    store = os.path.join(bench.folder, "segments.sqlite")
    equal(bench.run_host("run", "examples/netflix-report", "--no-plugins", "--store", store, "--quiet").returncode, 0, "host run")
    equal(bench.run_host("segments", "rules", "--store", store, "--advertising", "objection").returncode, 0, "host segments rules")
    time = bench.browser.script("return new Date(arguments[0] * 1000).toISOString()", found["now"])
    check(len(found["profiles"]) > 2 and len(found["segments"]) > 3, f"{found}")
    chosen = [argument for segment in segments() for argument in ("--plugin", os.path.join(FOLDER, segment["name"]))]
    for profile in found["profiles"]:
        for segment, said in zip(found["segments"], profile["answers"]):
            native = bench.run_host("segments", "explain", segment["name"], profile["subject"], "--store", store, "--at", time, "--json", *chosen)
            equal(native.returncode, 0, f"host segments explain {segment['name']} {profile['subject']}: {native.stderr}")
            native = json.loads(native.stdout)
            what = f"{profile['subject']} in {segment['name']}"
            equal(said.get("isMember", False), native["member"], what)
            if said["outcome"] == "answered":
                equal(said["reason"], native["reason"], f"the reason of {what}")
                equal([event["type"] for event in said["events"]], [event["type"] for event in native["events"]][:5], f"the events of {what}")
                until = bench.browser.script("return new Date(arguments[0] * 1000).toISOString()", said["until"])
                equal(until.replace(".000Z", "Z"), native["expires"], f"the end of {what}")


def viewing(profile, evenings=1):
    """Four episodes of one series in an evening, and so on for other evenings."""
    rows = [
        f"{profile},2024-03-{day + 1:02} {17 + episode}:00:00,00:50:00,,Harbour Street: Season 1: Tide {day}-{episode} (Episode {episode}),,"
        "PC Chrome - Cadmium,00:50:00,Not latest view,CZ (Czechia)\n"
        for day in range(evenings) for episode in range(1, 6)
    ]
    return archives.VIEWING + "".join(rows)


@case("shows the segments when they are asked for, with reasons, ends and the events behind them")
def shows_segments(bench):
    bench.explorer()
    bench.choose(bench.file("evening.zip", archives.zipped({"CONTENT_INTERACTION/ViewingActivity.csv": viewing("Lea")})))
    bench.browser.wait_for("#report")
    contains(bench.browser.text("[aria-labelledby=segments-title]"), "A service must neither use nor show one that has fewer viewers")
    check(not bench.browser.script("return document.querySelectorAll('.profile').length"), "segments are folded before they are asked for")
    bench.browser.script("document.querySelector('#segments-details summary').focus()")
    bench.browser.keys("Enter")
    wait(lambda: bench.browser.is_shown(".profile"), "the profile is shown")
    equal(bench.browser.text(".profile h3"), "Lea", "the profile")
    names = bench.browser.script("return [...document.querySelectorAll('[data-subject=\"netflix:Lea\"] .segments > li')].map((item) => item.dataset.segment + '.lua')")
    equal(sorted(names), [segment["name"] for segment in segments()], "the segments that Lea is told of")
    equal(names[0], "binge-watchers.lua", "what comes first: what she is in")
    item = "[data-segment=binge-watchers]"
    equal(bench.browser.text(f"{item} .badge"), "In", "the answer")
    contains(bench.browser.text(f"{item} .reason"), "Harbour Street")
    contains(bench.browser.text(f"{item} .until"), "Until 2024-03-0")
    contains(bench.browser.text(item), "Reads behavior › media consumption.")
    equal(bench.browser.text("[data-segment=travel-interest] .badge"), "Not in", "the answer for another segment")
    check(not bench.browser.is_shown(".behind li"), "the events are shown before they are asked for")
    bench.browser.script("document.querySelector('.behind summary').focus()")
    bench.browser.keys("Enter")
    wait(lambda: bench.browser.is_shown(".behind li"), "the events are shown")
    contains(bench.browser.text(".behind"), "Harbour Street")
    bench.browser.command("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    equal(bench.browser.script("return document.documentElement.scrollWidth"), 390, "the width on a phone")


@case("says why the profiles of the made-up archive are in no segment")
def says_refusals(bench):
    bench.explorer()
    bench.example()
    open_segments(bench)
    contains(bench.browser.text('[data-subject="netflix:Anna"] .refusal'), "advertising was refused on 2024-07-19")
    contains(bench.browser.text('[data-subject="netflix:Kids"] .refusal'), "This is a child's profile")
    contains(bench.browser.text('[data-subject="netflix:Petr"]'), "In none of them.")


@case("folds a segment for each profile by itself, and believes it no event that is another's")
def folds_profiles(bench):
    answer = fold(bench, [{"name": "everybody.lua", "source": EVERYBODY}], example())
    result = answer["result"]
    for profile in result["profiles"]:
        said = profile["answers"][0]
        if profile["subject"] == "netflix:account":
            check(said.get("isMember") is not True, f"the account is in it: {said}")
        elif said["outcome"] == "answered":
            equal([event["type"] for event in said["events"]], ["playback.stopped"], "the events")
            equal(said["events"][0]["subject"], profile["subject"], "whose event it is")
            equal(said["until"], result["now"] + 7 * 86400, "the end")


SEARCHES = "Profile Name,Country Iso Code,Device,Is Kids,Query Typed,Displayed Name,Action,Section,Utc Timestamp\n"


@case("keeps a child's profile out of all segments, and says so")
def keeps_children_out(bench):
    search = "Lea,CZ,Smart TV,1,pirates,Pirates,play,SEARCH,2024-03-01 19:00:00\n"
    archive = archives.zipped({"CONTENT_INTERACTION/ViewingActivity.csv": viewing("Lea"), "CONTENT_INTERACTION/SearchHistory.csv": SEARCHES + search})
    bench.explorer()
    bench.choose(bench.file("child.zip", archive))
    bench.browser.wait_for("#report")
    open_segments(bench)
    contains(bench.browser.text('[data-subject="netflix:Lea"] .refusal'), "This is a child's profile")
    equal(bench.browser.script("return document.querySelectorAll('[data-answer=in]').length"), 0, "segments")


@case("says what is wrong with a segment, and what fails in it")
def says_faults(bench):
    broken = fold(bench, [{"name": "a.lua", "source": "return {"}], example())
    contains(broken["error"]["message"], "a.lua:1:")
    redactor = fold(bench, [{"name": "a.lua", "source": 'return { kind = "redactor", name = "a", version = "1", redact = function(event) return event end }'}], example())
    contains(redactor["error"]["message"], "a.lua is no segment")
    failing = fold(bench, [{"name": "a.lua", "source": EVERYBODY.replace("return true,", "while true do end return true,")}], example())
    outcomes = {answer["outcome"]: answer for profile in failing["result"]["profiles"] for answer in profile["answers"]}
    equal(outcomes["failed"]["code"], "instruction_limit", "the code")


@case("folds segments of 100,000 rows")
def folds_large(bench):
    bench.explorer()
    bench.choose(bench.file("large.zip", archives.large()))
    bench.browser.wait_for("#report", 120)
    began = bench.browser.script("return performance.now()")
    open_segments(bench, 120)
    seconds = (bench.browser.script("return performance.now()") - began) / 1000
    equal(sorted(bench.browser.script("return [...document.querySelectorAll('.profile h3')].map((head) => head.textContent)")), ["Anna", "Kids", "Petr"], "profiles")
    bench.note(f"the segments of 100,000 rows in {seconds:.1f} s, after the rest was shown in {bench.browser.text('#seconds')} s")


@case("stops folding segments when another archive comes")
def stops_folding(bench):
    bench.explorer()
    bench.choose(bench.file("large.zip", archives.large()))
    bench.browser.wait_for("#report", 120)
    bench.browser.click("#segments-details summary")
    wait(lambda: "Looking at the archive" in (bench.browser.text("#segments-status") or ""), "segments are being folded")
    bench.example()
    open_segments(bench)
    contains(bench.browser.text('[data-subject="netflix:Anna"]'), "Anna")
