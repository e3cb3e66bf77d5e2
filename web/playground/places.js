/** What messages call the two files. */
export const NAME = "plugin.lua";
export const TESTS_NAME = "plugin_test.lua";

/** The line of a file that a message names first; null where it names none. */
export function lineIn(message, file) {
  const found = new RegExp(`(?:^|[^\\w])${file.replace(".", "\\.")}:(\\d+):`).exec(message ?? "");
  return found ? Number(found[1]) : null;
}
