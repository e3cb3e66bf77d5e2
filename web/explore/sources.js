/** The files of a folder, and of those in it: `{ path, blob }`. */
async function filesIn(entry, prefix) {
  const path = prefix + entry.name;
  if (entry.isFile) return [{ path, blob: await new Promise((resolve, reject) => entry.file(resolve, reject)) }];
  const reader = entry.createReader();
  const files = [];
  while (true) {
    // A reader gives some entries at a time, and none at its end.
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const child of entries) files.push(...(await filesIn(child, `${path}/`)));
  }
}

/** What was dropped: `{ name, chosen }`, or null where it holds no files. */
export async function dropped(transfer) {
  // Entries must be taken before the event is over.
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = items.map((item) => item.getAsFile());
  const chosen = [];
  for (const [index, entry] of entries.entries()) {
    if (entry) chosen.push(...(await filesIn(entry, "")));
    else if (plain[index]) chosen.push({ path: plain[index].name, blob: plain[index] });
  }
  return named(chosen, entries.length === 1 ? entries[0]?.name : undefined);
}

/** What was chosen in a dialog. */
export function picked(files) {
  const chosen = [...files].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
  return named(chosen, chosen[0]?.path.split("/")[0]);
}

function named(chosen, name) {
  if (chosen.length === 0) return null;
  return { chosen, name: chosen.length > 1 && !chosen[0].path.includes("/") ? `${chosen.length} files` : (name ?? chosen[0].path) };
}
