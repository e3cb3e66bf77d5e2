/** Lines of two texts as `{ kind: "same" | "removed" | "added", text }`, by their longest common subsequence. */
export function diff(before, after) {
  // An event has at most some thousand lines; where the table would be large, all of it counts as changed.
  if (before.length * after.length > 4_000_000) {
    return [...before.map((text) => ({ kind: "removed", text })), ...after.map((text) => ({ kind: "added", text }))];
  }
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = isSame(before[i], after[j])
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && isSame(before[i], after[j])) {
      lines.push({ kind: "same", text: after[j++] });
      i += 1;
    } else if (j === after.length || (i < before.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      lines.push({ kind: "removed", text: before[i++] });
    } else {
      lines.push({ kind: "added", text: after[j++] });
    }
  }
  return lines;
}

/** A comma behind a member says nothing of the member. */
function isSame(one, other) {
  return one === other || one.replace(/,$/, "") === other.replace(/,$/, "");
}
