import { asset } from "../engine/assets.js";
import { LIMITS } from "../engine/engine.js";
import { byID, countText, replaceContent } from "../page/dom.js";
import { bundledPlugins, bundledSegments } from "../page/plugins.js";
import { start } from "../page/start.js";
import { findings } from "./findings.js";
import { redactionSection } from "./redaction.js";
import { segmentSection } from "./segments.js";
import { dropped, picked } from "./sources.js";

/** Milliseconds without a sign of the segments. */
const PATIENCE = 30_000;

start(async (client) => {
  const [plugins, segments, exampleArchive] = await Promise.all([bundledPlugins(), bundledSegments(), asset("example-archive.zip")]);
  const segmentClient = client.another();
  const key = crypto.getRandomValues(new Uint8Array(32));
  let source = null;

  listen();

  async function explore(next, dateOrder) {
    if (!next) return show("problem", "There is no file in what was dropped: drop the archive itself.");
    source = { ...next, dateOrder, key };
    for (const id of ["problem", "order", "report"]) byID(id).hidden = true;
    segmentClient.cancel();
    const began = performance.now();
    const answer = await work(`Reading ${source.name}`, "explore", source);
    if (answer.isCancelled) return;
    if (answer.error) return show("problem", answer.error.message);
    if (answer.result.needsDateOrder) {
      byID("order").hidden = false;
      return byID("order").querySelector("button").focus();
    }
    const copy = (plugins) => work("Making the copy", "redact", { ...source, plugins: plugins.map(({ name, source }) => ({ name, source })), limits: LIMITS });
    const fold = fromSource(source);
    replaceContent(
      byID("report"),
      findings(source.name, answer.result, (performance.now() - began) / 1000, segmentSection(segments, fold)),
      redactionSection(plugins, copy));
    byID("report").hidden = false;
    byID("found").focus();
  }

  /** Asks a worker of its own for the segments that the archive's profiles could be put in. */
  function fromSource(archive) {
    const plugins = segments.map(({ name, source }) => ({ name, source }));
    return (onProgress) => segmentClient.ask("segments", { ...archive, plugins }, { onProgress, patience: PATIENCE, culprit: "a segment" });
  }

  function show(id, text) {
    byID(id).textContent = text;
    byID(id).hidden = false;
  }

  /** Has the engine do something, with a bar that shows how far it is. */
  async function work(text, kind, request) {
    byID("work-text").textContent = `${text} …`;
    byID("work-progress").value = 0;
    byID("work").hidden = false;
    const answer = await client.ask(kind, request, {
      onProgress({ share, events }) {
        byID("work-progress").value = share;
        byID("work-text").textContent = `${text} … ${countText(events, "event")}`;
      },
    });
    // A request that another one took the place of must not hide that one's bar.
    if (!answer.isCancelled || !client.isBusy) byID("work").hidden = true;
    return answer;
  }

  function listen() {
    byID("choose-file").addEventListener("click", () => byID("files").click());
    byID("choose-folder").addEventListener("click", () => byID("folder").click());
    for (const id of ["files", "folder"]) {
      byID(id).addEventListener("change", ({ target }) => {
        const next = picked(target.files);
        // The same file may be chosen again.
        target.value = "";
        if (next) explore(next);
      });
    }
    byID("example").addEventListener("click", () => {
      explore({ name: "a made-up archive", chosen: [{ path: "example-archive.zip", blob: new Blob([exampleArchive]) }] });
    });
    byID("cancel").addEventListener("click", () => client.cancel());
    for (const button of byID("order").querySelectorAll("button")) {
      button.addEventListener("click", () => explore(source, button.dataset.order));
    }
    let depth = 0;
    const mark = (change) => {
      depth = Math.max(0, depth + change);
      byID("drop").classList.toggle("over", depth > 0);
    };
    document.addEventListener("dragenter", () => mark(1));
    document.addEventListener("dragleave", () => mark(-1));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", async (event) => {
      // Else the browser would open the file in place of the page.
      event.preventDefault();
      mark(-depth);
      try {
        explore(await dropped(event.dataTransfer));
      } catch (error) {
        show("problem", `What was dropped cannot be read (${error.message}): choose it with the button.`);
      }
    });
  }
});
