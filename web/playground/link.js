const LIMIT = 1 << 20;

/** The fragment of a link that carries `{ plugin, tests, events }`; the last two may be undefined. */
export async function fragmentOf(content) {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const letters = Array.from(new Uint8Array(await new Response(packed).arrayBuffer()), (byte) => String.fromCharCode(byte));
  return `#p=${btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** What a fragment carries; null where it is none of these. */
export async function contentOf(fragment) {
  if (!fragment.startsWith("#p=")) return null;
  try {
    const text = atob(fragment.slice(3).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))]).stream();
    const content = JSON.parse(await limitedText(packed.pipeThrough(new DecompressionStream("deflate-raw"))));
    const hasText = typeof content.plugin === "string";
    const isWhole = [content.tests, content.events].every((text) => ["string", "undefined"].includes(typeof text));
    if (!hasText || !isWhole) throw new TypeError("it has no plugin");
    return content;
  } catch {
    throw new Error("The link is damaged or cut off: its plugin was not taken. Ask for the whole link again.");
  }
}

async function limitedText(stream) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = stream.getReader();
  let text = "";
  while (true) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LIMIT) throw new RangeError("it is too long");
  }
}
