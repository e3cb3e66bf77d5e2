import { textAsset } from "../engine/assets.js";
import { LIMITS } from "../engine/engine.js";
import { byID, countText, el, replaceContent } from "../page/dom.js";
import { bundledPlugins } from "../page/plugins.js";
import { start } from "../page/start.js";
import { Completion, TestCompletion } from "./completion.js";
import { Editor } from "./editor.js";
import { contentOf, fragmentOf } from "./link.js";
import { eventList, LISTED, showTrouble, summaryText, usageText } from "./output.js";
import { lineIn, NAME } from "./places.js";
import { startTabs } from "./tabs.js";
import { TestPane } from "./tests.js";

const PAUSE = 200;
/** One event may take a second by the engine's own limit; a worker that is silent for longer hangs. */
const PATIENCE = 10_000;

start(async (client) => {
  const [bundled, source, ownTests, samples, annotations] = await Promise.all([
    bundledPlugins(), ...["first-plugin.lua", "first-plugin_test.lua", "events.ndjson", "library.lua"].map(textAsset),
  ]);
  const template = { name: "a first plugin", source, tests: ownTests };
  const key = crypto.getRandomValues(new Uint8Array(32));
  const encoder = new TextEncoder();
  const unfolded = new Map();
  let timer;

  const editor = new Editor(byID("plugin-editor"), {
    id: "plugin", labelledBy: "plugin-tab", describedBy: "editor-help", completion: new Completion(annotations, client.catalogue),
    onChange: () => {
      runSoon();
      tests.runSoon();
    },
  });
  const tests = new TestPane({
    client: client.another(), completion: new TestCompletion(annotations, client.catalogue), plugin: () => editor.value,
  });
  startTabs(byID("tabs"));
  const plugins = [template, ...bundled];
  let begun = 0;
  fillSelect(byID("plugins"), plugins.map(({ name }) => name), (index) => {
    if (editor.value !== plugins[begun].source || tests.value !== plugins[begun].tests) keep();
    begun = index;
    put(plugins[index]);
  });
  const types = [...new Set(samples.split("\n").filter(Boolean).map((line) => JSON.parse(line).type))].sort();
  fillSelect(byID("samples"), ["all types", ...types], (index) => {
    const lines = samples.split("\n").filter((line) => line !== "" && (index === 0 || JSON.parse(line).type === types[index - 1]));
    byID("events").value = `${lines.join("\n")}\n`;
    unfolded.clear();
    runSoon();
  });
  byID("events").addEventListener("input", runSoon);
  byID("stop").addEventListener("click", () => client.cancel());
  byID("share").addEventListener("click", share);
  window.addEventListener("hashchange", takeLink);

  byID("events").value = samples;
  if (!(await takeLink())) put(template);

  function put(plugin) {
    editor.value = plugin.source;
    tests.value = plugin.tests;
  }

  /** What the reader wrote can be chosen again after another plugin took its place. */
  function keep() {
    const place = bundled.length + 1;
    if (plugins.length === place) byID("plugins").append(el("option", { value: String(place) }, "what you wrote"));
    plugins[place] = { name: "what you wrote", source: editor.value, tests: tests.value };
  }

  async function takeLink() {
    try {
      const content = await contentOf(location.hash);
      if (!content) return false;
      if (content.events !== undefined) byID("events").value = content.events;
      put({ source: content.plugin, tests: content.tests ?? "" });
      byID("shared").textContent = `This plugin came with the link${content.tests ? ", and its tests" : ""}. It sees the events on this page and nothing else.`;
      return true;
    } catch (error) {
      byID("shared").textContent = error.message;
      return false;
    }
  }

  async function share() {
    const events = byID("events").value;
    const fragment = await fragmentOf({
      plugin: editor.value, tests: tests.value || undefined, events: events === samples ? undefined : events,
    });
    history.replaceState(null, "", fragment);
    try {
      await navigator.clipboard.writeText(location.href);
      byID("shared").textContent = `The link is copied, with the plugin and its tests in it (${countText(location.href.length, "letter")}).`;
    } catch {
      byID("shared").textContent = "The link with the plugin and its tests in it is in the address bar: copy it from there.";
    }
  }

  function runSoon() {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  }

  async function run() {
    document.body.dataset.state = "running";
    byID("summary").textContent = "Running …";
    byID("stop").hidden = false;
    const text = byID("events").value;
    // One event at a time, so that the worker gives a sign of itself between two.
    const chunks = text.split(/(?<=\n)/).map((line) => encoder.encode(line));
    const answer = await client.ask("run", { plugins: [{ name: NAME, source: editor.value }], key, limits: LIMITS, chunks }, {
      patience: PATIENCE,
      onProgress: ({ events }) => (byID("summary").textContent = `Running … ${countText(events, "event")} done`),
    });
    if (client.isBusy) return;
    byID("stop").hidden = true;
    if (answer.result) show(answer.result);
    else showNothing(answer.isCancelled ? "Stopped." : "The plugin does not run.", answer.error?.message);
    document.body.dataset.state = "done";
  }

  function show({ report, events }) {
    byID("summary").textContent = summaryText(report);
    byID("usage").textContent = usageText(report);
    showTrouble(byID("failure"), report);
    editor.mark([lineIn(report.failures[0]?.message, NAME)].filter(Boolean));
    replaceContent(byID("output"), eventList(events, unfolded));
    byID("more").textContent = events.length > LISTED ? `The first ${LISTED} are listed.` : "";
    byID("log").textContent = report.logs.map(({ text }) => text).join("");
    byID("log-part").hidden = report.logs.length === 0;
  }

  function showNothing(summary, message) {
    byID("summary").textContent = summary;
    byID("usage").textContent = "";
    byID("failure").hidden = !message;
    byID("failure").textContent = message ?? "";
    editor.mark([lineIn(message, NAME)].filter(Boolean));
    byID("output").replaceChildren();
    byID("more").textContent = "";
    byID("log-part").hidden = true;
  }
});

function fillSelect(select, names, choose) {
  select.replaceChildren(...names.map((name, index) => el("option", { value: String(index) }, name)));
  select.addEventListener("change", () => choose(Number(select.value)));
}
