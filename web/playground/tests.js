import { LIMITS } from "../engine/engine.js";
import { byID, replaceContent } from "../page/dom.js";
import { Editor } from "./editor.js";
import { lineIn, NAME, TESTS_NAME } from "./places.js";
import { failedLine, LISTED, testList, testsSummary } from "./test-list.js";

const PAUSE = 200;
/** By its own limits a test ends within 25 s: 5 to load the plugin, 10 to run its file and 10 for itself. */
const PATIENCE = 30_000;

/** The plugin's tests: an editor, and what became of each test whenever they or the plugin change. */
export class TestPane {
  /** `client` is for the tests alone; `plugin` gives the plugin's text. */
  constructor({ client, completion, plugin }) {
    this.client = client;
    this.plugin = plugin;
    this.round = 0;
    this.editor = new Editor(byID("tests-editor"), {
      id: "tests", labelledBy: "tests-tab", describedBy: "tests-help", completion, onChange: () => this.runSoon(),
    });
    byID("tests-stop").addEventListener("click", () => client.cancel());
  }

  get value() {
    return this.editor.value;
  }

  set value(text) {
    this.editor.value = text;
  }

  runSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE);
  }

  async run() {
    const round = ++this.round;
    document.body.dataset.tests = "running";
    const answer = await this.answer();
    // What was asked for since then is shown in its place.
    if (round !== this.round) return;
    byID("tests-stop").hidden = true;
    if (answer.tests) this.show(answer.tests);
    else this.showNothing(answer);
    document.body.dataset.tests = "done";
  }

  /** `{ tests }`, or `{ summary, message }` with why there are no results. */
  async answer() {
    if (this.value.trim() === "") {
      this.client.cancel();
      return { summary: "There are no tests yet: it(name, function) makes one." };
    }
    byID("tests-stop").hidden = false;
    byID("tests-summary").textContent = "Running …";
    const request = {
      plugin: { name: NAME, source: this.plugin() }, tests: { name: TESTS_NAME, source: this.value }, limits: LIMITS,
    };
    const { result, error } = await this.client.ask("test", request, {
      patience: PATIENCE,
      culprit: "a test",
      onProgress: ({ done, all }) => (byID("tests-summary").textContent = `Running … ${done} of ${all} done`),
    });
    if (result) return result;
    return error ? { summary: "The tests do not run.", message: error.message } : { summary: "Stopped." };
  }

  show(tests) {
    const failed = tests.filter(({ outcome }) => outcome === "failed");
    byID("tests-summary").textContent = testsSummary(tests);
    byID("tests-failure").hidden = true;
    replaceContent(byID("tests-list"), testList(tests, (line) => this.editor.goTo(line)));
    byID("tests-more").textContent = tests.length > LISTED ? `${LISTED} are listed, those that failed first.` : "";
    this.editor.mark(failed.map(failedLine).filter(Boolean));
    this.badge(failed.length > 0 ? `${failed.length} failed` : "none failed", failed.length > 0);
  }

  showNothing({ summary, message }) {
    byID("tests-summary").textContent = summary;
    byID("tests-failure").hidden = !message;
    byID("tests-failure").textContent = message ?? "";
    byID("tests-list").replaceChildren();
    byID("tests-more").textContent = "";
    this.editor.mark([lineIn(message, TESTS_NAME)].filter(Boolean));
    this.badge(message ? "do not run" : "", Boolean(message));
  }

  /** What the tab says of the tests while another one is open. */
  badge(text, isBad) {
    byID("tests-badge").textContent = text;
    byID("tests-badge").hidden = text === "";
    byID("tests-badge").classList.toggle("failed", isBad);
  }
}
