import { textAsset } from "../engine/assets.js";

/** The bundled plugins: `{ name, source, tests, summary }`, with the comment that each begins with. */
export async function bundledPlugins() {
  const files = JSON.parse(await textAsset("plugins.json"));
  return Promise.all(
    files.map(async ({ plugin, tests }) => {
      const source = await textAsset(`plugins/${plugin}`);
      return { name: plugin, source, tests: tests ? await textAsset(`plugins/${tests}`) : "", summary: leadingComment(source) };
    }),
  );
}

/** The bundled segments: `{ name, source, summary }`. */
export async function bundledSegments() {
  const files = JSON.parse(await textAsset("segments.json"));
  return Promise.all(
    files.map(async ({ plugin }) => {
      const source = await textAsset(`segments/${plugin}`);
      return { name: plugin, source, summary: leadingComment(source) };
    }),
  );
}

function leadingComment(source) {
  const lines = source.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("---"));
  return lines.slice(0, Math.max(0, end)).map((line) => line.slice(3).trim()).join(" ");
}
