// The rows of the stop display: as many as fit, each keeping its form while it counts down.

import { arrivalKey, arrivalTime, badge, clockTime, el, isCancelled, isFull, isLive, setText, steadyMinutes }
  from "./shared.js";
import { plusMinus, word } from "./words.js";

/** A row this tall, in hundredths of the shorter side of the screen, is read from five metres. */
const ROW_UNITS = 12.6;
const LEAST_ROW = 66;
/** A headsign shrinks to this before it takes a second line. */
const LEAST_SQUEEZE = 0.8;
/** Beyond this many minutes a row shows the time of day, and never changes back and forth. */
const MOST_MINUTES = 99;
/** A bus said to have come this long ago has gone, even if no news of it arrives. */
const GONE_AFTER = 60;

/** Both languages of a sentence, side by side. */
function pair(key, value, className = "") {
  const english = el("span.other", { lang: "en" }, word(key, "en", value));
  return el("span", { class: className }, word(key, "id", value), english);
}

/** `± 2 mnt min`, or nothing when the server does not say. */
function give(seconds) {
  const [indonesian, english] = ["id", "en"].map((language) => plusMinus(seconds, language));
  if (!indonesian) return null;
  return el("span", null, indonesian, el("span.other", { lang: "en" }, english.split(" ").at(-1)));
}

export class BoardRows {
  #list;
  #area;
  #shown = new Map();
  #fit = 1;
  #height = LEAST_ROW;

  constructor(list, area) {
    this.#list = list;
    this.#area = area;
    this.resize();
  }

  /** Fits the rows to the height there is. */
  resize() {
    const unit = Math.min(innerWidth, innerHeight) / 100;
    const least = Math.max(ROW_UNITS * unit, LEAST_ROW);
    const room = this.#area.clientHeight;
    this.#fit = Math.max(1, Math.floor(room / least));
    this.#height = Math.min(room / this.#fit, least * 1.3);
    this.#list.style.setProperty("--height", `${this.#height}px`);
    for (const row of this.#shown.values()) row.fitted = null;
  }

  /** The arrivals that have not slipped into the past since they were fetched. */
  stillComing(arrivals, now) {
    return arrivals
      .filter((arrival) => arrivalTime(arrival) !== null && now - arrivalTime(arrival) < GONE_AFTER)
      .sort((a, b) => arrivalTime(a) - arrivalTime(b));
  }

  show(arrivals, now) {
    const wanted = new Map();
    for (const arrival of arrivals.slice(0, this.#fit)) {
      let key = arrivalKey(arrival);
      while (wanted.has(key)) key += "+";
      wanted.set(key, arrival);
    }
    for (const key of this.#shown.keys()) if (!wanted.has(key)) this.#remove(key);
    let place = 0;
    for (const [key, arrival] of wanted) {
      this.#shown.get(key) ?? this.#add(key, arrival, place);
      this.#update(this.#shown.get(key), arrival, place, now);
      place += 1;
    }
  }

  #add(key, arrival, place) {
    const headsign = el("p.headsign");
    const detail = el("p.detail");
    const when = el("div.when");
    const node = el("li.row.entering", { "--place": place }, badge(arrival), el("div", null, headsign, detail), when);
    this.#list.append(node);
    this.#shown.set(key, { node, headsign, detail, when, minutes: Infinity, clock: null, fitted: null });
    requestAnimationFrame(() => node.classList.remove("entering"));
  }

  #remove(key) {
    const { node } = this.#shown.get(key);
    this.#shown.delete(key);
    node.classList.add("leaving");
    setTimeout(() => node.remove(), 600);
  }

  #update(row, arrival, place, now) {
    row.node.style.setProperty("--place", place);
    row.minutes = steadyMinutes(arrivalTime(arrival), now, row.minutes);
    row.clock = (row.clock ?? true) && row.minutes > MOST_MINUTES;
    const cancelled = isCancelled(arrival);
    row.node.classList.toggle("guessed", !isLive(arrival));
    row.node.classList.toggle("cancelled", cancelled);
    row.node.classList.toggle("due", row.minutes < 1 && !cancelled);
    setText(row.headsign, arrival.headsign ?? arrival.route_name ?? "");
    this.#fitHeadsign(row);
    this.#drawDetail(row, arrival);
    this.#drawWhen(row, arrival, cancelled);
  }

  #fitHeadsign(row) {
    const text = row.headsign.textContent;
    if (row.fitted === text) return;
    row.fitted = text;
    row.headsign.classList.remove("long");
    row.headsign.style.setProperty("--squeeze", 1);
    const squeeze = Math.min(1, (row.headsign.clientWidth - 1) / row.headsign.scrollWidth);
    row.headsign.classList.toggle("long", squeeze < LEAST_SQUEEZE);
    row.headsign.style.setProperty("--squeeze", squeeze);
  }

  #drawDetail(row, arrival) {
    const parts = isCancelled(arrival) ? [] : isLive(arrival) ? this.#liveParts(arrival) : this.#guessParts(arrival);
    this.#swap(row.detail, parts);
  }

  #liveParts(arrival) {
    return [
      pair("live", null, "live"),
      isFull(arrival.occupancy) ? pair("full", null, "full") : null,
      arrival.uncertainty_s >= 120 ? give(arrival.uncertainty_s) : null,
      arrival.stops_away > 0 ? pair("stopsAway", arrival.stops_away) : null,
    ];
  }

  #guessParts(arrival) {
    return [
      pair("estimate", null, "guess"),
      give(arrival.uncertainty_s),
      isFull(arrival.occupancy) ? pair("full", null, "full") : null,
      pair(arrival.source),
    ];
  }

  #drawWhen(row, arrival, cancelled) {
    const words = cancelled ? "cancelled" : row.minutes < 1 ? "nowLong" : null;
    if (words) {
      this.#swap(row.when, [el("div.figure.words", null, word(words, "id"), pair(words).lastChild)]);
      return;
    }
    const figure = row.clock ? clockTime(arrivalTime(arrival)) : String(row.minutes);
    const unit = row.clock ? "at" : "minutesLong";
    const english = el("span.other", { lang: "en" }, word(unit, "en"));
    this.#swap(row.when, [
      el("div.figure", null, figure),
      el("div.unit", null, el("span", null, word(unit, "id")), english),
    ]);
  }

  /** Puts `parts` in, unless the same words stand there already. */
  #swap(node, parts) {
    const next = parts.filter(Boolean);
    const same = next.length === node.childNodes.length
      && next.every((part, at) => part.isEqualNode(node.childNodes[at]));
    if (!same) node.replaceChildren(...next);
  }
}
