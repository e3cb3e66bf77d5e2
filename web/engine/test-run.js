import { Engine } from "./engine.js";
import { RequestError } from "./run.js";

/** So many letters of what tests print are kept, over all tests. */
const KEPT = 4 << 20;

/**
 * Runs the tests of a plugin, as `host test` does: `{ name, line, outcome, message, output, milliseconds }` of each.
 *
 * `plugin` and `tests` are files, `{ name, source }`; `limits` are the plugin's. `onTest` gets how many are done, and how many
 * there are. Where tests print millions of letters, the output of the later ones is empty.
 */
export async function runTests(module, { plugin, tests, limits }, onTest) {
  const engine = await Engine.start(module);
  const found = usable(engine.openTests(tests, plugin, limits)).tests;
  let room = KEPT;
  return found.map(({ name, line }, index) => {
    const result = usable(engine.runTest(index));
    onTest(index + 1, found.length);
    room -= result.output.length;
    return { name, line, ...result, output: room < 0 ? "" : result.output };
  });
}

function usable(answer) {
  if (answer.problem !== undefined) throw new RequestError(answer.problem);
  return answer;
}
