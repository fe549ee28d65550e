// What the live map and the stop display have in common: elements, the server's clock, polling.

/**
 * Makes an element: `el("span.badge", { title: "…" }, "text", child)`.
 * Strings become text nodes, so a name from the data can never be read as HTML.
 */
export function el(spec, props, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key.startsWith("--")) node.style.setProperty(key, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Changes a node's text only when it differs, so that nothing is announced or painted twice. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** An answer that is not 2xx, with the server's sentence for people and its time if it tells them. */
export class ServerProblem extends Error {
  constructor(status, body) {
    super(body?.title || `HTTP ${status}`);
    this.status = status;
    this.title = body?.title ?? null;
    this.generatedAt = body?.generated_at ?? null;
  }
}

/** Fetches JSON within `seconds`, or throws a `ServerProblem` or a network error. */
export async function fetchJSON(url, seconds = 8) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), seconds * 1000);
  try {
    const answer = await fetch(url, { cache: "no-cache", signal: abort.signal });
    if (!answer.ok) {
      throw new ServerProblem(answer.status, await answer.json().catch(() => null));
    }
    return await answer.json();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The server's clock, for displays whose own clock is wrong.
 *
 * Answers arrive late by an unknown delay, so of the recent ones the earliest is right. It runs on
 * the monotonic timer: a display that corrects its own clock does not make the minutes jump.
 */
export class ServerClock {
  #samples = [];
  #latest = -Infinity;

  /** Learns from the `generated_at` of an answer that has just arrived. */
  learn(generatedAt) {
    if (!Number.isFinite(generatedAt)) return;
    if (generatedAt < this.#latest - 5) this.#samples = [];
    else if (generatedAt <= this.#latest) return;
    this.#latest = generatedAt;
    const at = performance.now() / 1000;
    this.#samples.push({ at, offset: generatedAt - at });
    this.#samples = this.#samples.filter((sample) => at - sample.at < 1800).slice(-200);
  }

  get known() {
    return this.#samples.length > 0;
  }

  /** Unix seconds; this device's own time until the server has been heard. */
  get now() {
    if (!this.known) return Date.now() / 1000;
    return performance.now() / 1000 + Math.max(...this.#samples.map((sample) => sample.offset));
  }
}

/** Runs `task` every so many seconds with jitter, and ever more rarely while it fails. */
export class Poller {
  #task;
  #seconds;
  #timer = null;
  #running = null;
  #end = new AbortController();
  #last = -Infinity;
  failures = 0;

  constructor(seconds, task) {
    this.#seconds = seconds;
    this.#task = task;
    const { signal } = this.#end;
    document.addEventListener("visibilitychange", () => this.#wake(), { signal });
    addEventListener("online", () => this.soon(), { signal });
  }

  /** Runs now, unless a run is under way. */
  async soon() {
    if (this.#running || this.#end.signal.aborted) return this.#running;
    clearTimeout(this.#timer);
    this.#last = performance.now();
    this.#running = this.#task().then(() => (this.failures = 0), () => (this.failures += 1));
    await this.#running;
    this.#running = null;
    if (!this.#end.signal.aborted) this.#timer = setTimeout(() => this.soon(), this.#delay() * 1000);
  }

  stop() {
    this.#end.abort();
    clearTimeout(this.#timer);
  }

  #delay() {
    const backedOff = Math.min(this.#seconds * 2 ** Math.min(this.failures, 4), 60);
    return backedOff * (0.9 + Math.random() * 0.2);
  }

  #wake() {
    const rested = (performance.now() - this.#last) / 1000;
    if (!document.hidden && rested > this.#seconds / 2) this.soon();
  }
}

/** `#RRGGBB` from what GTFS gives, or slate when it gives nothing usable. */
export function cssColor(hex) {
  return /^[0-9a-f]{6}$/i.test(hex ?? "") ? `#${hex}` : "#5B6F7A";
}

/** Black or white, whichever is easier to read on the colour. */
export function inkOn(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(cssColor(hex).slice(at, at + 2), 16) / 255);
  const luminance = [r, g, b]
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  return luminance > 0.36 ? "#101418" : "#FFFFFF";
}

/** What stands in a corridor badge: the short name when it is short, else the id. */
export function badgeText(route) {
  const name = route.short_name ?? route.route_name ?? "";
  return name && name.length <= 4 ? name : (route.id ?? route.route_id ?? "?");
}

/** A corridor's badge. */
export function badge(route) {
  const colors = { "--color": cssColor(route.color), "--ink": inkOn(route.color) };
  return el("span.badge", colors, badgeText(route));
}

/** When a row's bus comes: the prediction, or the timetable where there is none. */
export function arrivalTime(row) {
  return row.predicted_arrival ?? row.scheduled_arrival;
}

/** Whether the row rests on a bus that is on its way to this stop now. */
export function isLive(row) {
  return row.source === "live";
}

export function isCancelled(row) {
  return /^(cancel|skipped)/i.test(row.status ?? "");
}

export function isFull(occupancy) {
  return /^(FULL|CRUSHED_STANDING_ROOM_ONLY|NOT_ACCEPTING_PASSENGERS)$/i.test(occupancy ?? "");
}

/** Names one arrival for as long as it is on the list. */
export function arrivalKey(row) {
  return [row.route_id, row.trip_id, row.start_date, row.start_time, row.stop_sequence].join("|");
}

/**
 * Whole minutes to `time`, never rising for a wobble of a few seconds: `shown` is the number
 * that stands on the screen now.
 */
export function steadyMinutes(time, now, shown) {
  const minutes = Math.max(0, Math.floor((time - now) / 60));
  const wobbles = minutes === shown + 1 && time - now - minutes * 60 < 15;
  return wobbles ? shown : minutes;
}

/** Hours and minutes in Padang (WIB), whatever zone the device is in. */
export function clockTime(unix) {
  const local = new Date((unix + 7 * 3600) * 1000);
  return local.toISOString().slice(11, 16);
}
