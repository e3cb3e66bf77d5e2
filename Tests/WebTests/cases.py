"""What the web pages are tested for: each case opens them anew in one browser."""

import base64
import contextlib
import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import xml.etree.ElementTree
import zlib

import archives
from conformance import CHAINS, NASTY, NASTY_TESTS, UNLOADABLE
from webdriver import Browser, Failure, wait

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGES = os.path.join(ROOT, ".build-web")
CASES = {}


def case(name):
    """Registers a function as the case of this name."""

    def register(function):
        CASES[name] = function
        return function

    return register


def cases(name, variants):
    """Registers a function as one case for each of the variants, by their names."""

    def register(function):
        for variant in variants:
            CASES[name.format(variant)] = functools.partial(function, variant=variant)
        return function

    return register


def check(condition, message):
    if not condition:
        raise Failure(message)


def equal(found, expected, what):
    check(found == expected, f"{what}: found {found!r}, expected {expected!r}")


def contains(text, part):
    check(text is not None and part in text, f"{part!r} is not in {text!r}")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Server:
    """The pages on 127.0.0.1."""

    def __init__(self):
        handler = functools.partial(QuietHandler, directory=PAGES)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Bench:
    """A browser, a server, a folder for files, and the native program."""

    def __init__(self, host):
        self.host = host
        self.folder = tempfile.mkdtemp(prefix="viewerhost-web-")
        self.downloads = os.path.join(self.folder, "downloads")
        os.mkdir(self.downloads)
        self.server = Server()
        self.browser = Browser(self.downloads)
        self.notes = []

    def close(self):
        self.browser.quit()
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def restart_browser(self):
        self.browser.quit()
        self.browser = Browser(self.downloads)

    def note(self, text):
        """Something to report that is neither right nor wrong."""
        self.notes.append(text)

    def begin(self):
        self.browser.command("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
        self.browser.command("Emulation.setEmulatedMedia", features=[])
        self.browser.open("about:blank")
        self.browser.errors()

    def end(self):
        """What holds after every case."""
        equal(self.browser.errors(), [], "errors in the console")
        equal(self.browser.script("return window.violations"), [], "violations of the content security policy")

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def run_host(self, *arguments, **options):
        environment = {**os.environ, "XDG_CONFIG_HOME": self.folder}
        return subprocess.run([self.host, *arguments], cwd=ROOT, env=environment, capture_output=True, **options)

    # The page that reads archives.

    def explorer(self, address=None):
        self.browser.open(f"{address or self.server.address}/index.html")
        wait(lambda: self.browser.script("return document.body.dataset.state") == "ready", "the page is ready")

    def example(self):
        self.browser.click("#example")
        self.browser.wait_for("#report")

    def choose(self, *paths):
        self.browser.set_files("#files", *paths)

    def explore(self, name, content):
        self.explorer()
        self.choose(self.file(name, content))
        self.browser.wait_for("#report")

    def tile(self, index=0):
        return self.browser.script("return document.querySelectorAll('.tiles strong')[arguments[0]].textContent", index)

    # The playground.

    def playground(self, fragment=""):
        self.browser.open(f"{self.server.address}/playground.html{fragment}")
        self.finished()

    def finished(self, seconds=60):
        wait(lambda: self.browser.script("return document.body.dataset.state") == "done", "the plugin has run", seconds)

    def write(self, plugin):
        """Types a plugin in the place of the one that is there, and waits for its results."""
        self.browser.click("#plugin")
        self.browser.script("document.body.dataset.state = 'typing'")
        self.browser.keys("Control+a")
        self.browser.command("Input.insertText", text=plugin)
        self.finished()

    def tested(self, seconds=60):
        wait(lambda: self.browser.script("return document.body.dataset.tests") == "done", "the tests have run", seconds)

    def write_tests(self, text, seconds=60):
        """Opens the tab of the tests, types some in the place of those that are there, and waits for their results."""
        self.browser.click("#tests-tab")
        self.browser.click("#tests")
        self.browser.script("document.body.dataset.tests = 'typing'")
        self.browser.keys("Control+a")
        self.browser.command("Input.insertText", text=text)
        self.tested(seconds)

    def test_results(self):
        """Each test that is listed, as its outcome, its name and why it failed."""
        return self.browser.script("""
            return [...document.querySelectorAll("#tests-list > li")].map((item) => [
              item.dataset.outcome, item.querySelector(".name").textContent, item.querySelector(".why")?.textContent ?? ""]);
        """)

    def choose_plugin(self, name):
        self.browser.script("""
            const select = document.querySelector("#plugins");
            select.value = [...select.options].find((option) => option.text === arguments[0]).value;
            document.body.dataset.state = document.body.dataset.tests = "typing";
            select.dispatchEvent(new Event("change"));
        """, name)
        self.finished()
        self.tested()

    def choose_sample(self, text):
        self.browser.script("""
            const select = document.querySelector("#samples");
            select.value = [...select.options].find((option) => option.text === arguments[0]).value;
            document.body.dataset.state = "typing";
            select.dispatchEvent(new Event("change"));
        """, text)
        self.finished()


def plugin(body, reads='"user.device.ip_address"'):
    return f'return {{\n  kind = "redactor", name = "mine", version = "1.0.0", reads = {{ {reads} }},\n  redact = function(event)\n    {body}\n  end,\n}}\n'


# Archives


@case("shows what the made-up archive holds, as many events as the host finds")
def shows_example(bench):
    bench.explorer()
    bench.example()
    native = json.loads(bench.run_host("run", "examples/netflix-report", "--no-plugins", "--json", "--output", "/dev/null").stderr)
    equal(bench.tile(), str(native["events"]), "events")
    contains(bench.browser.text('[data-group="told"] [data-category="user.contact.email"]'), "anna.novakova@example.com")
    contains(bench.browser.text('[data-group="seen"] [data-category="user.device.ip_address"]'), "192.0.2.17")
    contains(bench.browser.text('[data-group="fromOthers"]'), "anna.novakova.77")
    equal(bench.browser.script("return [...document.querySelectorAll('figure h3')].map((head) => head.textContent)"),
          ["Hours watched, by month", "When they saw you", "Devices", "Places", "Searches"], "charts")
    wait(lambda: bench.browser.script("return document.querySelectorAll('figure svg[role=img]').length") == 5, "five charts are drawn")
    contains(bench.browser.text("#report"), "192.0.2.0/24")
    rows = bench.browser.script("return [...document.querySelectorAll('[aria-label=\"Files of the archive\"] tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))")
    check(["Cover Sheet.pdf", "0", "0", "0", "not read: explanation for people"] in rows, f"the PDF is not among {rows}")
    equal(sorted((row[0], int(row[1]), int(row[2])) for row in rows),
          sorted((file["name"], file["rows"], file["events"]) for file in native["files"]), "files")


@case("reads an archive that is dropped on it")
def takes_drop(bench):
    bench.explorer()
    path = os.path.join(PAGES, "example-archive.zip")
    for kind in ["dragEnter", "dragOver", "drop"]:
        bench.browser.command("Input.dispatchDragEvent", type=kind, x=600, y=300, data={"items": [], "files": [path], "dragOperationsMask": 1})
    bench.browser.wait_for("#report")
    equal(bench.tile(), "136", "events")
    equal(bench.browser.text("#found"), "In example-archive.zip", "the archive's name")


@case("reads a folder")
def takes_folder(bench):
    bench.explorer()
    bench.browser.set_files("#folder", os.path.join(ROOT, "examples", "netflix-report"))
    bench.browser.wait_for("#report")
    equal(bench.tile(), "136", "events")
    equal(bench.browser.text("#found"), "In netflix-report", "the folder's name")


@case("reads a zip with the fields for large files")
def reads_zip64(bench):
    bench.explore("large.zip", archives.zip64())
    equal(bench.tile(), "1", "events")


@case("asks for the order of dates where they do not tell it")
def asks_for_order(bench):
    bench.explorer()
    bench.choose(bench.file("history.csv", "Title,Date\nThe Long Field,3/4/19\n"))
    bench.browser.wait_for("#order")
    bench.browser.click('[data-order="dmy"]')
    bench.browser.wait_for("#report")
    equal(bench.tile(1), "2019-04-03 – 2019-04-03", "the period")


@case("reads a history whose dates tell their order")
def reads_history(bench):
    bench.explorer()
    bench.choose(os.path.join(ROOT, "examples", "NetflixViewingHistory.csv"))
    bench.browser.wait_for("#report")
    native = bench.run_host("run", "examples/NetflixViewingHistory.csv", "--no-plugins", "--json", "--output", "/dev/null").stderr
    equal(bench.tile(), str(json.loads(native)["events"]), "events")


@case("says which rows are rejected and why, in the host's words")
def shows_rejects(bench):
    text = archives.ratings() + "Anna,Paper Moons,thumb,,3,Samsung Tizen,yesterday,2024-03-01\n"
    content = archives.zipped({"Ratings.csv": text})
    bench.explore("rejects.zip", content)
    native = bench.run_host("run", bench.file("rejects.zip", content), "--no-plugins", "--quiet", "--output", "/dev/null").stderr.decode()
    shown = bench.browser.text("#rejects")
    check(shown.strip() != "" and f"rejects.zip/{shown.strip()}" in native, f"{shown!r} is not in {native!r}")


@case("says what an archive has that is not known")
def refuses_unknown(bench):
    bench.explorer()
    bench.choose(bench.file("notes.zip", archives.zipped({"notes.csv": "a,b\n1,2\n", "more.txt": "x"})))
    bench.browser.wait_for("#problem")
    contains(bench.browser.text("#problem"), "notes.zip is no archive that is known; it has notes.csv, more.txt. Known are")


@cases("refuses a zip with {}, and goes on to the next", archives.HOSTILE)
def refuses_hostile(bench, variant):
    make, message = archives.HOSTILE[variant]
    bench.explorer()
    bench.choose(bench.file("hostile.zip", make()))
    bench.browser.wait_for("#problem", 60)
    contains(bench.browser.text("#problem"), message)
    check(not bench.browser.is_shown("#report"), "a report is shown")
    bench.example()
    check(not bench.browser.is_shown("#problem"), "the problem is still shown")


@case("gives a redacted copy to download, with the bytes of host run")
def downloads_copy(bench):
    bench.explorer()
    bench.example()
    bench.browser.click("#make-copy")
    bench.browser.wait_for("#download")
    bench.browser.click("#download")
    path = os.path.join(bench.downloads, "redacted.ndjson")
    wait(lambda: os.path.exists(path), "the copy is downloaded")
    native = bench.run_host("run", os.path.join(PAGES, "example-archive.zip"), "--plugin", "plugins/redact.lua", "--quiet", "--output", "-").stdout
    with open(path, "rb") as file:
        copy = file.read()
    # The page draws a key of its own, and the ids depend on the key.
    without_ids = lambda text: re.sub(rb"[0-9a-f]{32}", b"", text)
    check(
        len(copy) > 0 and without_ids(copy) == without_ids(native) and copy != native,
        f"the copy has {len(copy)} bytes, that of the host {len(native)}, or they differ in more than the ids")
    check(b"anna.novakova@" not in copy, "an address is in the copy")


@case("wants a plugin for a redacted copy")
def wants_plugin(bench):
    bench.explorer()
    bench.example()
    bench.browser.click('input[value="redact.lua"]')
    bench.browser.click("#make-copy")
    wait(lambda: bench.browser.text("#copy") == "Choose at least one plugin.", "the page says what is missing")


@case("reads 100,000 rows with a bar that moves, and without freezing")
def reads_large(bench):
    bench.explorer()
    path = bench.file("large.zip", archives.large())
    bench.browser.script("""
        window.frames_ = { longest: 0, shares: new Set() };
        let last = performance.now();
        const frame = (now) => {
          frames_.longest = Math.max(frames_.longest, now - last);
          last = now;
          frames_.shares.add(document.querySelector("#work-progress").value);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    """)
    bench.choose(path)
    bench.browser.wait_for("#report", 120)
    equal(bench.tile(), "200,000", "events: each viewing begins and ends")
    longest, shares = bench.browser.script("return [frames_.longest, frames_.shares.size]")
    check(shares > 2, f"the bar had {shares} places")
    bench.note(f"100,000 rows in {bench.browser.text('#seconds')} s; the longest time between two frames was {longest:.0f} ms")


@case("stops when it is told to, and goes on with the next archive")
def stops(bench):
    bench.explorer()
    bench.choose(bench.file("large.zip", archives.large()))
    bench.browser.wait_for("#work")
    bench.browser.click("#cancel")
    wait(lambda: not bench.browser.is_shown("#work"), "the bar is gone")
    check(not bench.browser.is_shown("#report"), "a report is shown")
    bench.example()


# The playground


@case("runs the first plugin over all samples")
def runs_first(bench):
    bench.playground()
    equal(bench.browser.text("#summary"), "33 events: 33 passed (6 changed), 0 dropped, 0 failed", "the summary")
    contains(bench.browser.text("#usage"), "mine 1.0.0: 33 calls in")
    contains(bench.browser.text("#usage"), "KiB of memory")


@case("shows what a plugin changes, line by line, with every byte of the rest")
def shows_difference(bench):
    bench.playground()
    bench.browser.script("""
        const events = document.querySelector("#events");
        events.value = '{"specversion":"1.0","id":"1","source":"s","type":"session.started","data":{"ip":"192.0.2.33","big":12345678901234567890,"one":1.0}}';
    """)
    bench.write(plugin("event.data.ip = mask.ip(event.data.ip) return event"))
    equal(bench.browser.text(".diff del"), '−     "ip": "192.0.2.33",', "what is removed")
    equal(bench.browser.text(".diff ins"), '+     "ip": "192.0.2.0",', "what is added")
    contains(bench.browser.text(".diff"), '"big": 12345678901234567890')
    contains(bench.browser.text(".diff"), '"one": 1.0')


@case("has samples of each type")
def has_samples(bench):
    bench.playground()
    bench.choose_sample("search.made")
    equal(bench.browser.text("#summary"), "1 event: 1 passed (0 changed), 0 dropped, 0 failed", "the summary")


@case("marks the line that failed, and says why")
def marks_line(bench):
    bench.playground()
    bench.choose_sample("session.started")
    bench.write(plugin("local text = nil\n    return text.x"))
    equal(bench.browser.text("#plugin-editor .gutter .bad"), "5", "the marked line")
    contains(bench.browser.text("#failure"), "plugin.lua:5: attempt to index a nil value")
    equal(bench.browser.script("return document.querySelector('#output li').dataset.outcome"), "failed", "the outcome")
    bench.write(plugin("return event"))
    equal(bench.browser.text("#plugin-editor .gutter .bad"), None, "the marked line")
    check(not bench.browser.is_shown("#failure"), "the failure is still shown")


@case("marks the line that cannot be read")
def marks_syntax(bench):
    bench.playground()
    bench.write("return {\n  kind = = 5\n}\n")
    equal(bench.browser.text("#plugin-editor .gutter .bad"), "2", "the marked line")
    contains(bench.browser.text("#failure"), "plugin.lua:2: unexpected symbol")


@case("stops a plugin that never ends, by the limits of a run")
def stops_endless(bench):
    bench.playground()
    bench.write(plugin("while true do end"))
    contains(bench.browser.text("#failure"), "_limit: ")
    contains(bench.browser.text("#failure"), "'mine' failed 20 times in a row and was taken out")
    bench.write(plugin("return event"))
    contains(bench.browser.text("#summary"), "33 passed")


@case("can be stopped by the reader")
def stopped_by_reader(bench):
    bench.playground()
    bench.browser.click("#plugin")
    bench.browser.keys("Control+a")
    bench.browser.command("Input.insertText", text=plugin("while true do end"))
    bench.browser.wait_for("#stop")
    bench.browser.click("#stop")
    wait(lambda: bench.browser.text("#summary") == "Stopped.", "the page says so")


@case("ends a worker that does not answer, and starts another")
def ends_worker(bench):
    bench.playground()
    answers = bench.browser.script("""
        return import("/engine/client.js").then(async ({ EngineClient }) => {
          const client = await EngineClient.load();
          const lines = new TextEncoder().encode('{"specversion":"1.0","id":"1","source":"s","type":"t"}\\n');
          const ask = (body, limits, patience) => client.ask("run", {
            plugins: [{ name: "p.lua", source: `return { kind = "redactor", name = "p", version = "1.0.0", redact = function(event) ${body} end }` }],
            key: new Uint8Array(32), limits, chunks: [lines] }, { patience });
          const first = await ask("while true do end", { memory: 1 << 26, steps: 2 ** 52, nanoseconds: 0 }, 500);
          const second = await ask("return event", { memory: 1 << 26, steps: 1e6, nanoseconds: 1e9 }, 20000);
          return { first: first.error?.message, passed: second.result?.report.passed, starts: client.starts };
        });
    """)
    contains(answers["first"], "the plugin did not answer within 0.5 s")
    equal((answers["passed"], answers["starts"]), (1, 2), "events that passed, workers that were started")


@case("refuses an engine of another version, and throws away one that trapped")
def refuses_version(bench):
    bench.playground()
    found = bench.browser.script("""
        return import("/engine/engine.js").then(async ({ Engine }) => {
          const problem = (action) => { try { return action() } catch (error) { return error.message } };
          const version = problem(() => new Engine({ memory: null, vh_abi_version: () => 1 }));
          const trapping = new Engine({ memory: null, vh_abi_version: () => 2, _initialize: () => 0, vh_process() { throw new WebAssembly.RuntimeError("unreachable") } });
          return [version, problem(() => trapping.process(false)), problem(() => trapping.usage())];
        });
    """)
    contains(found[0], "speaks version 1 of its interface, and this page version 2")
    contains(found[1], "the engine failed in vh_process: unreachable")
    contains(found[2], "was stopped by an earlier failure")


@case("shows what a plugin logs")
def shows_log(bench):
    bench.playground()
    bench.choose_sample("session.started")
    bench.write(plugin("host.log('hello <b>' .. event.type) return event"))
    contains(bench.browser.text("#log"), "hello <b>session.started")


@case("says which lines are no events")
def shows_non_events(bench):
    bench.playground()
    bench.browser.script("""
        const events = document.querySelector("#events");
        events.value = '{"specversion":"1.0","id":"1","source":"s","type":"t"}\\n{"specversion":\\n';
    """)
    bench.write(plugin("return event"))
    contains(bench.browser.text("#failure"), "events, line 2, column")
    contains(bench.browser.text("#summary"), "1 line no event")


@case("completes the plugin API, fields and categories, by keyboard")
def completes(bench):
    bench.playground()
    bench.write("")
    bench.browser.keys("local x = mask.")
    bench.browser.wait_for("#plugin-choices")
    equal(bench.browser.script("return [...document.querySelectorAll('#plugin-choices li')].map((item) => item.firstChild.textContent)"),
          ["ip", "email", "phone", "card", "name", "text"], "the masks")
    bench.browser.keys("ArrowDown", "ArrowDown", "ArrowUp", "Enter")
    equal(bench.browser.script("return document.querySelector('#plugin').value"), "local x = mask.email", "the text")
    bench.browser.keys("(data.post", "Enter", ")", "Enter")
    equal(bench.browser.script("return document.querySelector('#plugin').value"), "local x = mask.email(data.postal_address)\n", "the text")
    bench.browser.keys('"user.contact.em', "Tab", '"')
    contains(bench.browser.script("return document.querySelector('#plugin').value"), '"user.contact.email"')
    bench.browser.keys("ho", "Escape")
    check(not bench.browser.is_shown("#plugin-choices"), "the list is still open")


@case("indents with Tab, and lets Tab leave after Escape")
def indents(bench):
    bench.playground()
    bench.write("x")
    bench.browser.keys("Enter", "Tab", "y", "Enter", "z")
    equal(bench.browser.script("return document.querySelector('#plugin').value"), "x\n  y\n  z", "the text")
    bench.browser.keys("Shift+Tab")
    equal(bench.browser.script("return document.querySelector('#plugin').value"), "x\n  y\nz", "the text")
    bench.browser.keys("Escape", "Tab")
    equal(bench.browser.script("return document.activeElement.id"), "samples", "what has the focus")


@case("colours what is typed, in step with the text")
def colours(bench):
    bench.playground()
    bench.write('local a = "b" -- c\nreturn mask.ip(0x1F)\n')
    equal(bench.browser.script("return document.querySelector('#plugin-editor .shade').textContent"), 'local a = "b" -- c\nreturn mask.ip(0x1F)\n\n', "the shaded text")
    kinds = bench.browser.script("return [...document.querySelectorAll('#plugin-editor .shade [class^=tok]')].map((part) => [part.className, part.textContent])")
    equal(kinds, [["tok-keyword", "local"], ["tok-string", '"b"'], ["tok-comment", "-- c"], ["tok-keyword", "return"], ["tok-known", "mask"], ["tok-number", "0x1F"]], "the colours")


@case("keeps what was written when another plugin takes its place")
def keeps_own(bench):
    bench.playground()
    text = plugin("return nil")
    bench.write(text)
    choose = '''
        const select = document.querySelector("#plugins");
        select.value = [...select.options].find((option) => option.text === arguments[0]).value;
        select.dispatchEvent(new Event("change"));
        return document.querySelector("#plugin").value;
    '''
    contains(bench.browser.script(choose, "redact.lua"), 'name = "redact"')
    equal(bench.browser.script(choose, "what you wrote"), text, "the plugin")


@case("lists the first of many events, and runs them all")
def lists_some(bench):
    bench.playground()
    bench.browser.script("""
        const lines = Array.from({ length: 1000 }, (_, index) => `{"specversion":"1.0","id":"${index}","source":"s","type":"t"}`);
        document.querySelector("#events").value = lines.join("\\n");
    """)
    bench.write(plugin("return event"))
    contains(bench.browser.text("#summary"), "1,000 events: 1,000 passed")
    equal(bench.browser.script("return document.querySelectorAll('#output > li').length"), 300, "events in the list")
    contains(bench.browser.text("#more"), "The first 300 are listed.")


@case("carries a plugin in a link")
def carries_link(bench):
    bench.playground()
    text = plugin("return event -- ÄÖ 🦉 " + "x" * 500)
    bench.write(text)
    bench.browser.click("#share")
    fragment = wait(lambda: bench.browser.script("return location.hash"), "the address has a fragment")
    check(re.fullmatch(r"#p=[A-Za-z0-9_-]+", fragment) and len(fragment) < 800, f"the fragment is {fragment!r}")
    bench.browser.open("about:blank")
    bench.playground(fragment)
    equal(bench.browser.script("return document.querySelector('#plugin').value"), text, "the plugin")
    contains(bench.browser.text("#shared"), "came with the link")


@case("says that a link is damaged")
def damaged_link(bench):
    bench.playground("#p=abc")
    contains(bench.browser.text("#shared"), "The link is damaged or cut off")
    contains(bench.browser.text("#summary"), "33 events")


# The tests in the playground


NAMELESS = """
    return [...document.querySelectorAll("button, a, input, select, textarea, summary, [role=img], [role=region]")]
      .filter((element) => !(element.textContent.trim() || element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.labels?.length))
      .map((element) => element.outerHTML);
"""


@case("runs the first plugin's tests, and says in their tab what became of them")
def runs_first_tests(bench):
    bench.playground()
    bench.tested()
    equal(bench.browser.text("#tests-badge"), "none failed", "what the tab says")
    check(not bench.browser.is_shown("#tests") and bench.browser.is_shown("#plugin"), "the plugin's tab is not the one that is open")
    bench.browser.click("#tests-tab")
    check(bench.browser.is_shown("#tests") and not bench.browser.is_shown("#plugin"), "the tests' tab is not open")
    check(bench.browser.is_shown("#results-part") and not bench.browser.is_shown("#output-part"), "the tests' results are not shown")
    contains(bench.browser.text("#tests-summary"), "3 tests: 3 passed, 0 failed, 0 pending, in ")
    equal([outcome for outcome, _, _ in bench.test_results()], ["passed"] * 3, "the outcomes")


FAILING = """\
describe("mine", function()
  it("keeps the address", function()
    local event = redact(build.session_started{ ip = "192.0.2.33" })
    print("got", event.data.ip)
    expect(event.data.ip).to_be("192.0.2.33")
  end)

  it("gives what was expected", function()
    expect({ a = 1, b = { 2 } }).to_equal({ a = 2, b = { 3 } })
  end)

  pending("is still to be written")
end)
"""


@case("shows a test that fails, with its line and what was found, and sees it pass when it is mended")
def mends_test(bench):
    bench.playground()
    bench.write_tests(FAILING)
    contains(bench.browser.text("#tests-summary"), "3 tests: 0 passed, 2 failed, 1 pending, in ")
    results = bench.test_results()
    equal(results[0], ["failed", "mine > keeps the address", 'plugin_test.lua:5: expected "192.0.2.33", got "192.0.2.0"'], "the first test")
    equal(results[1][2], "plugin_test.lua:9: a: expected 2, got 1\nb[1]: expected 3, got 2", "the difference")
    equal(results[2], ["pending", "mine > is still to be written", ""], "the last test")
    equal(bench.browser.text("#tests-list .printed"), "got\t192.0.2.0\n", "what the test printed")
    marked = "return [...document.querySelectorAll('#tests-editor .gutter .bad')].map((line) => line.textContent)"
    equal(bench.browser.script(marked), ["5", "9"], "the marked lines")
    equal(bench.browser.text("#tests-badge"), "2 failed", "what the tab says")
    bench.browser.click("#tests-list .line")
    equal(bench.browser.script("const area = document.activeElement; return area.value.slice(0, area.selectionStart).split('\\n').length"), 5, "the line of the caret")
    bench.write_tests(FAILING.replace('to_be("192.0.2.33")', 'to_be("192.0.2.0")').replace("a = 2, b = { 3 }", "a = 1, b = { 2 }"))
    contains(bench.browser.text("#tests-summary"), "3 tests: 2 passed, 0 failed, 1 pending, in ")
    equal(bench.browser.script(marked), [], "the marked lines")
    # A change of the plugin runs them too.
    bench.browser.click("#plugin-tab")
    bench.browser.script("document.body.dataset.tests = 'typing'")
    bench.write(plugin("return nil"))
    bench.tested()
    equal(bench.browser.text("#tests-badge"), "1 failed", "what the tab says")


@case("says why tests do not run")
def refuses_tests(bench):
    bench.playground()
    bench.write_tests("it('x', function()\n  oops =\nend)")
    contains(bench.browser.text("#tests-summary"), "The tests do not run.")
    contains(bench.browser.text("#tests-failure"), "plugin_test.lua:3: unexpected symbol near 'end'")
    equal(bench.browser.text("#tests-editor .gutter .bad"), "3", "the marked line")
    equal(bench.browser.text("#tests-badge"), "do not run", "what the tab says")
    bench.write_tests("-- none yet")
    contains(bench.browser.text("#tests-failure"), "the file makes no test: it(name, function) makes one")
    bench.write_tests("  ")
    contains(bench.browser.text("#tests-summary"), "There are no tests yet")
    check(not bench.browser.is_shown("#tests-failure") and not bench.browser.is_shown("#tests-badge"), "a failure is still shown")


@case("says that fixtures and snapshots want host test")
def wants_files(bench):
    bench.playground()
    bench.write_tests("it('a', function() fixture('x.ndjson') end)\nit('b', function() expect(1).to_match_snapshot() end)")
    first, second = bench.test_results()
    equal(first, ["failed", "a", "plugin_test.lua:1: fixture 'x.ndjson' is a file, and there are none here: run the test with `host test`"], "the fixture")
    equal(second, ["failed", "b", "plugin_test.lua:2: a snapshot is in a file, and there are none here: run the test with `host test`"], "the snapshot")


@case("ends a test that loops for ever, by the limits of host test")
def ends_test(bench):
    bench.playground()
    bench.write_tests("it('loops', function()\n  while true do end\nend)\nit('goes on', function() end)")
    first, second = bench.test_results()
    equal(first[:2], ["failed", "loops"], "the test")
    # A limit ends the harness around the test too: what is known then is the line that makes the test.
    check(re.fullmatch(r"plugin_test\.lua:1: (instruction|time) limit reached", first[2]), f"it says {first[2]!r}")
    equal(second, ["passed", "goes on", ""], "the test after it")
    bench.write_tests("while true do end")
    check(re.fullmatch(r"plugin_test\.lua:1: (instruction|time) limit reached", bench.browser.text("#tests-failure")), "the file does not end by the limits")


@case("can stop tests, while the plugin's own results stay")
def stops_tests(bench):
    bench.playground()
    bench.browser.click("#tests-tab")
    bench.browser.click("#tests")
    bench.browser.keys("Control+a")
    bench.browser.command("Input.insertText", text="for i = 1, 50 do it('t' .. i, function() while true do end end) end")
    bench.browser.wait_for("#tests-stop")
    wait(lambda: "of 50 done" in bench.browser.text("#tests-summary"), "the page says how far it is")
    bench.browser.click("#tests-stop")
    wait(lambda: bench.browser.text("#tests-summary") == "Stopped.", "the page says so")
    contains(bench.browser.script("return document.querySelector('#summary').textContent"), "33 passed")


@case("ends a worker whose test does not answer, and starts another")
def ends_test_worker(bench):
    bench.playground()
    answers = bench.browser.script("""
        return import("/engine/client.js").then(async ({ EngineClient }) => {
          const client = await EngineClient.load();
          const ask = (body, steps, patience) => client.ask("test", {
            plugin: { name: "p.lua", source: `return { kind = "redactor", name = "p", version = "1.0.0", redact = function(event) ${body} end }` },
            tests: { name: "p_test.lua", source: "it('x', function() redact(build.ad_shown()) end)" },
            limits: { memory: 1 << 26, steps, nanoseconds: 0 } }, { patience, culprit: "a test" });
          const first = await ask("while true do end", 2 ** 52, 500);
          const second = await ask("return event", 1e6, 20000);
          return { first: first.error?.message, tests: second.result?.tests.map(({ outcome }) => outcome), starts: client.starts };
        });
    """)
    contains(answers["first"], "a test did not answer within 0.5 s")
    equal((answers["tests"], answers["starts"]), (["passed"], 2), "what became of the test, workers that were started")


@case("answers with a message where a test is asked for that is not there")
def knows_no_test(bench):
    bench.playground()
    answers = bench.browser.script("""
        return import("/engine/engine.js").then(async ({ Engine }) => {
          const engine = await Engine.start(await WebAssembly.compileStreaming(fetch("/engine.wasm")));
          const plugin = { name: "p.lua", source: "return { kind = 'redactor', name = 'p', version = '1', redact = function(event) return event end }" };
          const limits = { memory: 2 ** 32 - 1, steps: 1e6, nanoseconds: 0 };
          const open = (source) => engine.openTests({ name: "p_test.lua", source }, plugin, limits);
          const answers = [engine.runTest(0), open("it('x', function() end)"), engine.runTest(1), engine.runTest(-1), engine.runTest(0).outcome];
          return [...answers, open("it("), engine.runTest(0)].map((answer) => answer.problem ?? answer);
        });
    """)
    equal(answers[0], "no tests are open", "without tests")
    equal(answers[1], {"tests": [{"name": "x", "line": 1, "isPending": False}]}, "the tests")
    equal(answers[2:5], ["there is no test 1", f"there is no test {2 ** 31 - 1}", "passed"], "what becomes of them")
    check(answers[5].startswith("p_test.lua:1: ") and answers[6] == "no tests are open", f"after a file that is broken: {answers[5:]}")


@case("lists tests that failed first where there are many")
def lists_some_tests(bench):
    bench.playground()
    bench.write_tests("for i = 1, 400 do it('t' .. i, function() assert(i < 400, 'no') end) end")
    contains(bench.browser.text("#tests-summary"), "400 tests: 399 passed, 1 failed, 0 pending, in ")
    results = bench.test_results()
    equal((len(results), results[0][:2], results[1][:2]), (300, ["failed", "t400"], ["passed", "t1"]), "the list")
    equal(bench.browser.text("#tests-more"), "300 are listed, those that failed first.", "what is said of the others")


@case("keeps tests that were written when another plugin takes their place")
def keeps_own_tests(bench):
    bench.playground()
    bench.write_tests(FAILING)
    bench.choose_plugin("minors.lua")
    contains(bench.browser.script("return document.querySelector('#tests').value"), 'describe("minors"')
    bench.choose_plugin("what you wrote")
    equal(bench.browser.script("return document.querySelector('#tests').value"), FAILING, "the tests")
    equal(bench.browser.text("#tests-badge"), "2 failed", "what the tab says")


@case("offers the bundled plugins with their tests")
def offers_tests(bench):
    bench.playground()
    for name in sorted(os.listdir(os.path.join(ROOT, "plugins"))):
        if not name.endswith("_test.lua"):
            continue
        bench.choose_plugin(name.replace("_test.lua", ".lua"))
        with open(os.path.join(ROOT, "plugins", name), encoding="utf-8") as file:
            equal(bench.browser.script("return document.querySelector('#tests').value"), file.read(), "the tests")
        equal(bench.browser.text("#tests-badge"), "none failed", f"what the tab says of {name}")


@case("completes what a test file finds")
def completes_tests(bench):
    bench.playground()
    bench.write_tests("")
    bench.browser.keys("build.session", "Enter", "{} ex", "Enter", "(1).to_be_dr", "Enter", "() mask.")
    equal(bench.browser.script("return document.querySelector('#tests').value"), "build.session_started{} expect(1).to_be_dropped() mask.", "the text")
    check(not bench.browser.is_shown("#tests-choices"), "a test has no mask")


@case("carries tests in a link, and takes links without")
def carries_tests(bench):
    bench.playground()
    bench.write_tests(FAILING)
    bench.browser.click("#share")
    fragment = wait(lambda: bench.browser.script("return location.hash"), "the address has a fragment")
    bench.browser.open("about:blank")
    bench.playground(fragment)
    bench.tested()
    equal(bench.browser.script("return document.querySelector('#tests').value"), FAILING, "the tests")
    contains(bench.browser.text("#shared"), "This plugin came with the link, and its tests.")
    equal(bench.browser.text("#tests-badge"), "2 failed", "what the tab says")
    # As links were before there were tests in them.
    old = json.dumps({"plugin": plugin("return event")}).encode()
    packed = zlib.compressobj(wbits=-15)
    text = base64.urlsafe_b64encode(packed.compress(old) + packed.flush()).decode().rstrip("=")
    bench.browser.open("about:blank")
    bench.playground(f"#p={text}")
    bench.tested()
    equal(bench.browser.script("return document.querySelector('#plugin').value"), plugin("return event"), "the plugin")
    equal(bench.browser.script("return document.querySelector('#tests').value"), "", "the tests")
    contains(bench.browser.text("#shared"), "This plugin came with the link. It sees")


@case("goes from tab to tab by keyboard")
def tabs_by_keyboard(bench):
    bench.playground()
    bench.browser.script("document.querySelector('#plugin-tab').focus()")
    bench.browser.keys("ArrowRight")
    equal(bench.browser.script("return [document.activeElement.id, document.activeElement.ariaSelected]"), ["tests-tab", "true"], "what has the focus")
    check(float(bench.browser.script("return getComputedStyle(document.activeElement).outlineWidth").rstrip("px")) >= 2, "the focus is not seen")
    bench.browser.keys("Tab", "Tab", "Tab")
    equal(bench.browser.script("return document.activeElement.id"), "tests", "what has the focus")
    bench.browser.keys("Escape", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Home")
    equal(bench.browser.script("return document.activeElement.id"), "plugin-tab", "what has the focus")
    check(bench.browser.is_shown("#plugin") and not bench.browser.is_shown("#tests"), "the plugin's tab is not open")
    equal(bench.browser.script(NAMELESS), [], "what has no name")


# Both


@case("sends nothing anywhere, and may not")
def sends_nothing(bench):
    bench.explorer()
    loaded = bench.browser.script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    check(len(loaded) > 5 and all(name.startswith(bench.server.address) for name in loaded), f"other servers were asked: {loaded}")
    bench.example()
    bench.browser.click("#make-copy")
    bench.browser.wait_for("#download")
    after = bench.browser.script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    equal([name for name in after[len(loaded):] if not name.startswith("blob:")], [], "what was asked for after loading")
    bench.browser.script("return fetch('http://192.0.2.1/').catch(() => null)")
    wait(lambda: bench.browser.script("return window.violations.splice(0).some((text) => text.startsWith('connect-src http://192.0.2.1'))"), "the policy forbids it")
    bench.browser.errors()


@case("goes on working when the server is gone")
def works_offline(bench):
    server = Server()
    bench.explorer(server.address)
    server.stop()
    bench.choose(bench.file("large.zip", archives.large()))
    bench.browser.wait_for("#work")
    # The worker is ended and another one started: that too must not need the server.
    bench.browser.click("#cancel")
    bench.example()
    bench.browser.click("#make-copy")
    bench.browser.wait_for("#download")
    server = Server()
    bench.browser.open(f"{server.address}/playground.html")
    bench.finished()
    bench.tested()
    server.stop()
    bench.choose_plugin("redact.lua")
    bench.write_tests("it('x', function() while true do redact(build.ad_shown()) end end)")
    equal(bench.browser.text("#tests-badge"), "1 failed", "what the tab says of the tests")


@case("works as one file from the disk, which may connect to nothing")
def works_from_disk(bench):
    bench.explorer(f"file://{PAGES}/offline")
    bench.example()
    equal(bench.tile(), "136", "events")
    bench.browser.click("#make-copy")
    bench.browser.wait_for("#download")
    bench.browser.open(f"file://{PAGES}/offline/playground.html")
    bench.finished()
    contains(bench.browser.text("#summary"), "33 events: 33 passed (6 changed)")
    bench.tested()
    equal(bench.browser.text("#tests-badge"), "none failed", "what the tab says of the tests")
    contains(bench.browser.script("return document.querySelector('meta[http-equiv]').content"), "connect-src 'none'")


@case("says that the engine is missing")
def says_missing(bench):
    bench.browser.command("Network.enable")
    bench.browser.command("Network.setBlockedURLs", urls=["*engine.wasm"])
    try:
        bench.browser.open(f"{bench.server.address}/index.html")
        wait(lambda: bench.browser.script("return document.body.dataset.state") == "failed", "the page says that it cannot start")
        contains(bench.browser.text("#notice"), "This page cannot start")
    finally:
        bench.browser.command("Network.setBlockedURLs", urls=[])
        bench.browser.errors()


@case("fits a phone")
def fits_phone(bench):
    bench.browser.command("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    bench.explorer()
    bench.example()
    equal(bench.browser.script("return document.documentElement.scrollWidth"), 390, "the width of the first page")
    bench.playground()
    equal(bench.browser.script("return document.documentElement.scrollWidth"), 390, "the width of the playground")
    bench.write_tests(FAILING)
    equal(bench.browser.script("return document.documentElement.scrollWidth"), 390, "the width of the playground with tests")


@case("can be used by keyboard, and shows where the focus is")
def keyboard(bench):
    bench.explorer()
    bench.browser.keys("Tab")
    equal(bench.browser.script("return document.activeElement.className"), "skip", "what has the focus first")
    bench.browser.keys("Enter", "Tab", "Tab", "Tab")
    equal(bench.browser.script("return document.activeElement.id"), "example", "what has the focus")
    check(float(bench.browser.script("return getComputedStyle(document.activeElement).outlineWidth").rstrip("px")) >= 2, "the focus is not seen")
    bench.browser.keys("Enter")
    bench.browser.wait_for("#report")
    equal(bench.browser.script("return document.activeElement.id"), "found", "what has the focus")
    equal(bench.browser.script(NAMELESS), [], "what has no name")


CONTRASTS = [
    ("text", "page"), ("text", "card"), ("quiet", "page"), ("quiet", "card"), ("accent", "card"), ("accent", "page"), ("accent", "mark"),
    ("accent-text", "accent"), ("text", "mark"), ("bad", "bad-page"), ("bad", "card"), ("card", "bad"), ("text", "added"), ("text", "removed"),
    ("keyword", "card"), ("string", "card"), ("number", "card"), ("comment", "card"), ("known", "card"), ("comment", "bad-page"),
]


@cases("has the contrast of WCAG AA in {} colours", ["light", "dark"])
def contrast(bench, variant):
    bench.explorer()
    bench.browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": variant}])
    names = sorted({name for pair in CONTRASTS for name in pair})
    values = bench.browser.script("const style = getComputedStyle(document.documentElement); return arguments[0].map((name) => style.getPropertyValue(`--${name}`))", names)
    colours = dict(zip(names, values))
    check(colours["page"] == {"light": "#f7f8f7", "dark": "#141917"}[variant], f"the page is {colours['page']} in {variant}")
    for one, other in CONTRASTS:
        ratio = contrast_of(colours[one], colours[other])
        check(ratio >= 4.5, f"{one} on {other} has a contrast of {ratio:.2f}")


def contrast_of(*colours):
    """The contrast ratio of WCAG 2.2 between two colours such as #17655c."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted(luminance(colour) for colour in colours)
    return (high + 0.05) / (low + 0.05)


# Conformance: the same events and plugins give the same here as with `host run`.

RUN_IN_PAGE = """
    const [plugins, key, lines] = arguments;
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return import("/engine/client.js").then(async ({ EngineClient }) => {
      const { LIMITS } = await import("/engine/engine.js");
      const client = await EngineClient.load();
      const { result, error } = await client.ask("run", { plugins, key: bytes(key), limits: LIMITS, chunks: [bytes(lines)] }, {});
      if (error) return { error: error.message };
      const output = Array.from(new Uint8Array(await result.output.arrayBuffer()), (byte) => String.fromCharCode(byte)).join("");
      const failures = result.events.filter(({ failure }) => failure).map(({ line, input, failure }) => [line, input, failure.plugin, failure.code, failure.message]);
      return { output: btoa(output), failures, report: result.report };
    });
"""


def compare(bench, paths, lines):
    """Runs plugins in the page and natively, and compares the bytes, the failures and the counts."""
    key = bytes(range(32))
    events = bench.file("conformance.ndjson", lines)
    quarantine = os.path.join(bench.folder, "quarantine.ndjson")
    with contextlib.suppress(FileNotFoundError):
        os.remove(quarantine)
    chosen = [argument for path in paths for argument in ("--plugin", path)]
    native = bench.run_host("run", events, *chosen, "--key", bench.file("key", key), "--quarantine", quarantine, "--jobs", "1", "--json", "--output", "-")
    plugins = [{"name": path, "source": open(os.path.join(ROOT, path), encoding="utf-8", newline="").read()} for path in paths]
    bench.browser.open(f"{bench.server.address}/index.html")
    found = bench.browser.script(RUN_IN_PAGE, plugins, base64.b64encode(key).decode(), base64.b64encode(lines).decode())
    if native.returncode not in (0, 65, 70) or not native.stderr.strip().split(b"\n")[-1].startswith(b"{"):
        message = native.stderr.decode()
        check("error" in found and found["error"] in message, f"the host says {message!r}, the page {found!r}")
        return
    check("error" not in found, f"the page fails: {found.get('error')}")
    output = base64.b64decode(found["output"])
    check(output == native.stdout, f"the outputs differ: {len(output)} bytes in the page, {len(native.stdout)} natively")
    put_away = []
    if os.path.exists(quarantine):
        with open(quarantine, encoding="utf-8") as file:
            put_away = [json.loads(line) for line in file]
    expected = [[int(entry["origin"].rsplit(":", 1)[1]), entry["event"], entry["plugin"], entry["code"], entry["message"]] for entry in put_away]
    equal([[line, json.loads(text), *rest] for line, text, *rest in found["failures"]], expected, "failures")
    report = json.loads(native.stderr.strip().split(b"\n")[-1])
    counts = {name: report[name] for name in ["events", "passed", "changed", "dropped", "rejected"]}
    equal({name: found["report"][name] for name in counts}, counts, "counts")
    equal(found["report"]["redactions"], report["redactions"], "redactions")


def sample_lines(count=None):
    with open(os.path.join(ROOT, "examples", "events.ndjson"), "rb") as file:
        return b"".join(file.readlines()[:count])


@cases("does what host run does, with {}", CHAINS)
def conforms(bench, variant):
    compare(bench, CHAINS[variant], sample_lines() + b"no event\n" + sample_lines())


@cases("fails as host run does, with {}", NASTY)
def fails_alike(bench, variant):
    path = bench.file("nasty.lua", plugin(NASTY[variant], '"user"'))
    compare(bench, [path], sample_lines(4))


@cases("is taken out as in host run, with {}", ["a plugin that fails on all events"])
def taken_out_alike(bench, variant):
    path = bench.file("nasty.lua", plugin("error('no')"))
    compare(bench, [path, "plugins/redact.lua"], sample_lines())


@cases("refuses a plugin as host run does, with {}", UNLOADABLE)
def refuses_alike(bench, variant):
    path = bench.file("nasty.lua", UNLOADABLE[variant])
    compare(bench, [path], sample_lines(1))


TEST_IN_PAGE = """
    const [plugin, tests] = arguments;
    return import("/engine/client.js").then(async ({ EngineClient }) => {
      const { LIMITS } = await import("/engine/engine.js");
      const client = await EngineClient.load();
      const { result, error } = await client.ask("test", { plugin, tests, limits: LIMITS }, {});
      return error ? { error: error.message } : { tests: result.tests.map(({ name, line, outcome, message, output }) => [name, line, outcome, message, output]) };
    });
"""


def source_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", newline="") as file:
        return {"name": path, "source": file.read()}


def compare_tests(bench, path):
    """Runs a plugin's tests in the page and with host test, and compares names, lines, outcomes, messages and what they print."""
    tests = path.removesuffix(".lua") + "_test.lua"
    report = bench.file("junit.xml", "")
    bench.run_host("test", path, "--ci", "--junit", report)
    bench.browser.open(f"{bench.server.address}/index.html")
    found = bench.browser.script(TEST_IN_PAGE, source_of(path), source_of(tests))
    cases = list(xml.etree.ElementTree.parse(report).iter("testcase"))
    if cases[0].get("name") == "(file)":
        return equal(found, {"error": cases[0].findtext("failure")}, "why the file does not run")
    native = []
    for element in cases:
        outcome = "failed" if element.find("failure") is not None else "pending" if element.find("skipped") is not None else "passed"
        line = int(element.get("line")) if element.get("line") else None
        native.append([element.get("name"), line, outcome, element.findtext("failure", ""), element.findtext("system-out", "")])
    equal(found.get("tests"), native, "the tests")
    return native


@cases("tests as host test does, with {}", [name for name in sorted(os.listdir(os.path.join(ROOT, "plugins"))) if name.endswith("_test.lua")])
def tests_alike(bench, variant):
    native = compare_tests(bench, f"plugins/{variant.replace('_test.lua', '.lua')}")
    check(len(native) > 3 and all(outcome == "passed" for _, _, outcome, _, _ in native), f"host test says {native}")


@cases("tests as host test does, with {}", NASTY_TESTS)
def tests_nasty_alike(bench, variant):
    body, tests = NASTY_TESTS[variant]
    path = bench.file("nasty.lua", plugin(body, '"user"'))
    bench.file("nasty_test.lua", tests)
    compare_tests(bench, path)
