// Plots of shares from 0 to 100 %, drawn as wide as there is room.

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 210;
const MARGIN = { top: 16, right: 6, bottom: 24, left: 38 };

/** Makes an SVG element; strings among the children become text. */
function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.flat().filter((child) => child !== null));
  return node;
}

/** `84 %`, or a dash where nothing is known. */
export function percent(share, digits = 0) {
  return share === null || share === undefined ? "–" : `${(share * 100).toFixed(digits)} %`;
}

/** A field with a scale at its left, and where in it things lie. */
class Field {
  constructor(width, label, count, top = 1) {
    this.width = width;
    this.top = top;
    this.step = (width - MARGIN.left - MARGIN.right) / Math.max(1, count);
    this.node = svg("svg", {
      class: "plot", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": label,
    });
    for (const part of [0, 0.25, 0.5, 0.75, 1]) this.#grid(part * top);
  }

  #grid(share) {
    const y = this.y(share);
    this.node.append(
      svg("line", { class: "grid", x1: MARGIN.left, x2: this.width - MARGIN.right, y1: y, y2: y }),
      svg("text", { x: MARGIN.left - 6, y: y + 4, "text-anchor": "end" }, percent(share)),
    );
  }

  y(share) {
    return MARGIN.top + (1 - share / this.top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  }

  /** The middle of the place of so many. */
  x(place) {
    return MARGIN.left + (place + 0.5) * this.step;
  }

  /** Names the places, as many as there is room for. */
  name(labels) {
    const longest = Math.max(...labels.map((label) => label.length)) * 7 + 8;
    const every = Math.max(1, Math.ceil(longest / this.step));
    labels.forEach((label, place) => {
      if (place % every !== 0) return;
      this.node.append(svg("text", { x: this.x(place), y: HEIGHT - 6, "text-anchor": "middle" }, label));
    });
  }

  goal(share) {
    const y = this.y(share);
    this.node.append(svg("line", { class: "goal", x1: MARGIN.left, x2: this.width - MARGIN.right, y1: y, y2: y }));
  }

  rect(place, offset, width, from, to, attributes, title) {
    const top = this.y(Math.max(from, to));
    const height = Math.max(0, this.y(Math.min(from, to)) - top);
    const x = this.x(place) + offset;
    this.node.append(
      svg("rect", { x, y: top, width, height, ...attributes }, title ? svg("title", {}, title) : null),
    );
  }
}

/**
 * Bars side by side: `places` are `{ label, values: [{ share, color, title }] }`; a dashed line at
 * `goal`.
 */
export function bars(width, label, places, goal = null) {
  const field = new Field(width, label, places.length);
  const most = Math.max(1, ...places.map((place) => place.values.length));
  const wide = Math.min(46, (field.step * 0.76) / most);
  places.forEach((place, at) => {
    place.values.forEach((value, number) => {
      if (value.share === null) return;
      const offset = (number - most / 2) * wide + 1;
      field.rect(at, offset, wide - 2, 0, value.share, { fill: value.color, rx: 3 }, value.title);
      field.node.append(
        svg(
          "text",
          { class: "value", x: field.x(at) + offset + wide / 2 - 1, y: field.y(value.share) - 5, "text-anchor": "middle" },
          wide < 30 ? String(Math.round(value.share * 100)) : percent(value.share),
        ),
      );
    });
  });
  if (goal !== null) field.goal(goal);
  field.name(places.map((place) => place.label));
  return field.node;
}

/**
 * Lines through points: `places` are `{ label, asked, values: [{ share, color, title }] }`; how much
 * was asked stands behind them as pale columns.
 */
export function lines(width, label, places) {
  const field = new Field(width, label, places.length);
  const most = Math.max(1, ...places.map((place) => place.asked));
  const column = Math.min(64, field.step * 0.84);
  places.forEach((place, at) => {
    field.rect(at, -column / 2, column, 0, (place.asked / most) * 0.5, { class: "volume", rx: 3 });
  });
  const count = places[0]?.values.length ?? 0;
  for (let number = 0; number < count; number += 1) line(field, places, number);
  field.name(places.map((place) => place.label));
  return field.node;
}

function line(field, places, number) {
  let path = "";
  let isBroken = true;
  places.forEach((place, at) => {
    const { share } = place.values[number];
    if (share !== null) path += `${isBroken ? "M" : "L"}${field.x(at).toFixed(1)} ${field.y(share).toFixed(1)}`;
    isBroken = share === null;
  });
  const { color } = places[0].values[number];
  field.node.append(svg("path", { class: "line", d: path, style: `stroke: ${color}` }));
  places.forEach((place, at) => {
    const { share, title } = place.values[number];
    if (share === null) return;
    field.node.append(
      svg(
        "circle",
        { class: "dot", cx: field.x(at), cy: field.y(share), r: places.length > 60 ? 2 : 4, style: `fill: ${color}` },
        svg("title", {}, title),
      ),
    );
  });
}

/** Columns of parts on each other: `places` are `{ label, values: [{ share, color, title }] }`. */
export function stacks(width, label, places) {
  const highest = Math.max(0, ...places.map((place) => place.values.reduce((sum, value) => sum + value.share, 0)));
  const top = [0.2, 0.4, 0.6].find((scale) => highest <= scale) ?? 1;
  const field = new Field(width, label, places.length, top);
  const wide = Math.min(56, field.step * 0.8);
  places.forEach((place, at) => {
    let from = 0;
    for (const { share, color, title } of place.values) {
      if (!(share > 0)) continue;
      field.rect(at, -wide / 2, wide, from, from + share, { style: `fill: ${color}` }, title);
      from += share;
    }
  });
  field.name(places.map((place) => place.label));
  return field.node;
}
