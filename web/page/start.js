import { EngineClient } from "../engine/client.js";
import { byID, el } from "./dom.js";

/** Loads the engine, hands it to the page, and says so where that fails. */
export async function start(begin) {
  const notice = byID("notice");
  try {
    const client = await EngineClient.load();
    await begin(client);
    notice.hidden = true;
    document.body.dataset.state = "ready";
  } catch (error) {
    notice.replaceChildren(el("strong", {}, "This page cannot start: "), error.message);
    document.body.dataset.state = "failed";
  }
}
