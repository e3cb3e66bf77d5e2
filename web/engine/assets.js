/**
 * The files beside the pages, as bytes. A page that was made self-contained has them in itself.
 *
 * They are fetched when the page begins, and the worker's program is among them: from then on, nothing is asked of any
 * server, and a worker can be started anew without one.
 */
export async function asset(name) {
  const inline = document.getElementById(`asset:${name}`);
  if (inline) return Uint8Array.from(atob(inline.textContent), (letter) => letter.charCodeAt(0));
  const response = await fetch(new URL(`../${name}`, document.querySelector("script[type=module]").src));
  if (!response.ok) throw new Error(`${name} cannot be loaded (${response.status}): build the pages with \`make web\``);
  return new Uint8Array(await response.arrayBuffer());
}

export async function textAsset(name) {
  return new TextDecoder().decode(await asset(name));
}
