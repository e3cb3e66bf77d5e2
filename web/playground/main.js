import { textAsset } from "../engine/assets.js";
import { LIMITS } from "../engine/engine.js";
import { byID, countText, el, replaceContent } from "../page/dom.js";
import { bundledPlugins } from "../page/plugins.js";
import { start } from "../page/start.js";
import { Completion } from "./completion.js";
import { Editor } from "./editor.js";
import { contentOf, fragmentOf } from "./link.js";
import { eventList, LISTED, showTrouble, summaryText, usageText } from "./output.js";

const NAME = "plugin.lua";
const PAUSE = 200;
/** One event may take a second by the engine's own limit; a worker that is silent for longer hangs. */
const PATIENCE = 10_000;

start(async (client) => {
  const [bundled, template, samples, annotations] = await Promise.all([
    bundledPlugins(), textAsset("first-plugin.lua"), textAsset("events.ndjson"), textAsset("library.lua"),
  ]);
  const key = crypto.getRandomValues(new Uint8Array(32));
  const encoder = new TextEncoder();
  const unfolded = new Map();
  let timer;

  const editor = new Editor(byID("plugin-editor"), {
    labelledBy: "plugin-title", describedBy: "editor-help", completion: new Completion(annotations, client.catalogue), onChange: runSoon,
  });
  const plugins = [{ name: "a first plugin", source: template }, ...bundled];
  let begun = 0;
  fillSelect(byID("plugins"), plugins.map(({ name }) => name), (index) => {
    if (editor.value !== plugins[begun].source) keep(editor.value);
    begun = index;
    editor.value = plugins[index].source;
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
  if (!(await takeLink())) editor.value = template;

  /** What the reader wrote can be chosen again after another plugin took its place. */
  function keep(source) {
    const place = bundled.length + 1;
    if (plugins.length === place) byID("plugins").append(el("option", { value: String(place) }, "what you wrote"));
    plugins[place] = { name: "what you wrote", source };
  }

  async function takeLink() {
    try {
      const content = await contentOf(location.hash);
      if (!content) return false;
      if (content.events !== undefined) byID("events").value = content.events;
      editor.value = content.plugin;
      byID("shared").textContent = "This plugin came with the link. It sees the events on this page and nothing else.";
      return true;
    } catch (error) {
      byID("shared").textContent = error.message;
      return false;
    }
  }

  async function share() {
    const events = byID("events").value;
    const fragment = await fragmentOf({ plugin: editor.value, events: events === samples ? undefined : events });
    history.replaceState(null, "", fragment);
    try {
      await navigator.clipboard.writeText(location.href);
      byID("shared").textContent = `The link is copied, with the plugin in it (${countText(location.href.length, "letter")}).`;
    } catch {
      byID("shared").textContent = "The link with the plugin in it is in the address bar: copy it from there.";
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
    editor.mark(lineIn(report.failures[0]?.message));
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
    editor.mark(lineIn(message));
    byID("output").replaceChildren();
    byID("more").textContent = "";
    byID("log-part").hidden = true;
  }
});

/** The line of the plugin that a message names; null where it names none. */
function lineIn(message) {
  const found = new RegExp(`${NAME.replace(".", "\\.")}:(\\d+):`).exec(message ?? "");
  return found ? Number(found[1]) : null;
}

function fillSelect(select, names, choose) {
  select.replaceChildren(...names.map((name, index) => el("option", { value: String(index) }, name)));
  select.addEventListener("change", () => choose(Number(select.value)));
}
