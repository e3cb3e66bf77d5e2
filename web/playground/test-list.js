import { countText, el, numberText } from "../page/dom.js";
import { lineIn, TESTS_NAME } from "./places.js";

/** So many tests are listed; all are run and counted. */
export const LISTED = 300;

/** One entry for each test, those that failed first where there are too many. `goTo` takes a line of the tests' file. */
export function testList(tests, goTo) {
  const isFailed = ({ outcome }) => outcome === "failed";
  const all = tests.length > LISTED ? [...tests.filter(isFailed), ...tests.filter((test) => !isFailed(test))] : tests;
  return all.slice(0, LISTED).map((test) => {
    const { name, outcome, message, output, milliseconds } = test;
    const line = failedLine(test);
    return el("li", { "data-outcome": outcome },
      el("p", { class: "test" },
        el("span", { class: `outcome ${outcome}` }, outcome), el("span", { class: "name" }, name),
        line ? el("button", { type: "button", class: "line", onclick: () => goTo(line) }, `line ${line}`) : null,
        outcome === "pending" ? null : el("span", { class: "quiet" }, `${numberText(milliseconds)} ms`)),
      message ? el("pre", { class: "why code" }, message) : null,
      output ? el("pre", { class: "printed code", "aria-label": "What it printed" }, output) : null);
  });
}

/** The line where a test failed; of one that did not, the line that makes it. Null where neither is known. */
export function failedLine({ line, message }) {
  return lineIn(message, TESTS_NAME) ?? line;
}

export function testsSummary(tests) {
  const count = (wanted) => tests.filter(({ outcome }) => outcome === wanted).length;
  const milliseconds = tests.reduce((sum, test) => sum + test.milliseconds, 0);
  const parts = ["passed", "failed", "pending"].map((outcome) => `${numberText(count(outcome))} ${outcome}`);
  return `${countText(tests.length, "test")}: ${parts.join(", ")}, in ${numberText(milliseconds)} ms`;
}
