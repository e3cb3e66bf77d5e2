import { countText, el, numberText, svg, table } from "../page/dom.js";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONGEST_LIST = 12;

/** A drawing that is made anew for each width, with its numbers in a table for those who do not see it. */
function figure(title, note, draw, data) {
  const area = el("div", { class: "chart" });
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const space = Math.floor(contentRect.width);
    if (space === width || space === 0) return;
    width = space;
    const drawing = draw(space);
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", `${title}. The numbers are in the table below.`);
    area.replaceChildren(drawing);
  }).observe(area);
  return el(
    "figure",
    { class: "card" },
    el("figcaption", {}, el("h3", {}, title), el("p", { class: "quiet" }, note)),
    area,
    el("details", {}, el("summary", {}, "Numbers"), data),
  );
}

function titled(shape, text) {
  shape.append(svg("title", {}, text));
  return shape;
}

/** A step of 1, 2 or 5 times a power of ten, so that there are at most four lines up to `most`. */
function stepFor(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

/** Hours by month, or plays where the archive says no durations; null where it has neither. */
export function monthChart(months) {
  const hasHours = months.some(({ seconds }) => seconds > 0);
  const value = ({ plays, seconds }) => (hasHours ? seconds / 3600 : plays);
  const text = (month) => (hasHours ? `${numberText(value(month))} h` : countText(value(month), "play"));
  const most = Math.max(...months.map(value));
  if (most === 0) return null;
  const total = months.reduce((sum, month) => sum + value(month), 0);
  const [height, left, bottom, top] = [200, 40, 24, 8];
  const draw = (width) => {
    const step = stepFor(most);
    const scale = (height - bottom - top) / most;
    const slot = (width - left) / months.length;
    const chart = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    for (let line = 0; line <= most; line += step) {
      const y = height - bottom - line * scale;
      chart.append(
        svg("line", { class: "grid", x1: left, x2: width, y1: y, y2: y }),
        svg("text", { class: "label", x: left - 6, y: y + 4, "text-anchor": "end" }, numberText(line)),
      );
    }
    let lastLabel = -Infinity;
    for (const [index, month] of months.entries()) {
      const x = left + index * slot;
      const size = value(month) * scale;
      const bar = svg("rect", {
        class: "column", x: x + slot * 0.1, y: height - bottom - size, width: Math.max(1, slot * 0.8), height: size, rx: Math.min(3, slot / 4),
      });
      chart.append(titled(bar, `${month.month}: ${text(month)}`));
      // Labels that would touch are left out; the first and the Januaries come first in a long history.
      const isDue = months.length <= 14 || month.month.endsWith("-01") || index === 0;
      if (isDue && x - lastLabel >= 56 && x + slot * 0.1 + 50 <= width) {
        chart.append(svg("text", { class: "label", x: x + slot * 0.1, y: height - 6 }, month.month));
        lastLabel = x;
      }
    }
    return chart;
  };
  return figure(
    hasHours ? "Hours watched, by month" : "Plays, by month",
    `${hasHours ? `${numberText(total)} hours` : countText(total, "play")} in ${countText(months.length, "month")}.`,
    draw,
    table("By month", ["Month", hasHours ? "Hours" : "Plays"], months.map((month) => [month.month, value(month)])),
  );
}

/** When in the week the service saw the viewer. */
export function weekChart(week) {
  const most = Math.max(...week.flat());
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [left, top] = [36, 18];
  const draw = (width) => {
    const slot = (width - left) / 24;
    const row = Math.max(14, Math.min(24, slot));
    const height = top + 7 * row;
    const chart = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    for (let hour = 0; hour < 24; hour += 6) {
      chart.append(svg("text", { class: "label", x: left + hour * slot, y: 12 }, `${String(hour).padStart(2, "0")}:00`));
    }
    for (const [day, hours] of week.entries()) {
      chart.append(svg("text", { class: "label", x: left - 6, y: top + day * row + row / 2 + 4, "text-anchor": "end" }, DAYS[day]));
      for (const [hour, count] of hours.entries()) {
        const cell = svg("rect", {
          class: count === 0 ? "cell empty" : "cell",
          x: left + hour * slot + 1, y: top + day * row + 1, width: slot - 2, height: row - 2, rx: 2,
          "fill-opacity": count === 0 ? 1 : (0.2 + (0.8 * count) / most).toFixed(2),
        });
        chart.append(titled(cell, `${DAYS[day]} ${hour}:00 to ${hour + 1}:00: ${countText(count, "event")}`));
      }
    }
    return chart;
  };
  const rows = DAYS.map((day, index) => [day, ...week[index]]);
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
  return figure("When they saw you", `Events by hour of the week, in your time zone (${zone}).`, draw, table("By hour of the week", ["Day", ...hours], rows));
}

/** Names with their counts, the most frequent ones drawn. */
export function rankChart(title, note, unit, entries) {
  const shown = entries.slice(0, LONGEST_LIST);
  const most = shown[0].count;
  const row = 36;
  const draw = (width) => {
    const height = shown.length * row;
    const chart = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    const letters = Math.max(10, Math.floor((width - 70) / 7.5));
    for (const [index, { name, count, details }] of shown.entries()) {
      const text = details.length > 0 ? `${name} (${details.join(", ")})` : name;
      const y = index * row;
      const bar = svg("rect", { class: "column", x: 0, y: y + 20, width: Math.max(2, (count / most) * width), height: 8, rx: 3 });
      chart.append(
        svg("text", { class: "name", x: 0, y: y + 14 }, text.length > letters ? `${text.slice(0, letters - 1)}…` : text),
        svg("text", { class: "label", x: width, y: y + 14, "text-anchor": "end" }, numberText(count)),
        titled(bar, `${text}: ${countText(count, unit)}`),
      );
    }
    return chart;
  };
  const more = entries.length > shown.length ? ` The ${shown.length} most frequent are drawn.` : "";
  const rows = entries.slice(0, 500).map(({ name, count, details }) => [name, count, details.join(", ")]);
  return figure(title, note + more, draw, table(title, ["Name", "Count", "With it"], rows));
}
