import { textAsset } from "../engine/assets.js";

/** The bundled plugins: `{ name, source, summary }`, with the comment that each begins with. */
export async function bundledPlugins() {
  const names = JSON.parse(await textAsset("plugins.json"));
  return Promise.all(
    names.map(async (name) => {
      const source = await textAsset(`plugins/${name}`);
      return { name, source, summary: leadingComment(source) };
    }),
  );
}

function leadingComment(source) {
  const lines = source.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("---"));
  return lines.slice(0, Math.max(0, end)).map((line) => line.slice(3).trim()).join(" ");
}
