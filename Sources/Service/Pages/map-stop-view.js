// A stop's next arrivals in the panel.

import {
  Poller, ServerProblem, arrivalKey, arrivalTime, badge, clockTime, el, fetchJSON, isCancelled, isFull, isLive,
  setText, steadyMinutes,
} from "./shared.js";
import { plusMinus } from "./words.js";

const OLD_AFTER = 60;
const UNKNOWN_AFTER = 180;
const GONE_AFTER = 60;

export class StopView {
  #app;
  #id;
  #poller;
  #answer = null;
  #problem = null;
  #rows = [];
  #minutes = new Map();
  #list;
  #message;
  #alerts;
  #foot;
  #heading;

  constructor(app, id) {
    this.#app = app;
    this.#id = id;
    this.#poller = new Poller(10, () => this.#load());
  }

  get title() {
    return this.#stop?.name ?? this.#id;
  }

  start() {
    this.#poller.soon();
  }

  stop() {
    this.#poller.stop();
  }

  build() {
    const { say, network } = this.#app;
    const stop = this.#stop;
    this.#heading = el("h2", null, this.title);
    this.#list = el("ol.arrivals");
    this.#message = el("div.message", { role: "status" });
    this.#alerts = el("div.alerts");
    this.#foot = el("span");
    const badges = (stop?.routes ?? []).map((id) => badge(network.routes.get(id) ?? { id }));
    this.#drawAnswer();
    return el("article", null,
      el("p.kind", null, say("stop"), el("span.badges", null, badges)),
      this.#heading, this.#alerts, this.#message, this.#list,
      el("p.foot", null, this.#foot, el("a", { href: `/board/${encodeURIComponent(this.#id)}` }, `${say("board")} ↗`)));
  }

  tick() {
    const age = this.#answer ? this.#app.clock.now - this.#answer.generated_at : null;
    this.#drawMessage(age);
    for (const row of this.#rows) this.#drawTimes(row, age);
    setText(this.#foot, this.#footText(age));
    this.#foot.classList.toggle("old", age !== null && age > OLD_AFTER);
  }

  get #stop() {
    return this.#app.network.stops.get(this.#id) ?? this.#answer?.stop ?? null;
  }

  async #load() {
    try {
      this.#answer = await fetchJSON(`/api/v1/stops/${encodeURIComponent(this.#id)}/arrivals?limit=12`);
      this.#app.clock.learn(this.#answer.generated_at);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
      throw error;
    } finally {
      setText(this.#heading, this.title);
      this.#drawAnswer();
      this.tick();
    }
  }

  #footText(age) {
    const { say } = this.#app;
    if (age === null) return this.#problem ? "" : say("waiting");
    return this.#problem ? `${say(this.#problemKey)} · ${say("updated", age)}` : say("updated", age);
  }

  get #problemKey() {
    return this.#problem instanceof ServerProblem ? "disturbed" : "unreachable";
  }

  /** What to say instead of the rows, or null. */
  #messageKeys(age) {
    const status = this.#problem instanceof ServerProblem ? this.#problem.status : null;
    if (status === 404) return ["noStop", null];
    if (status === 503 || age > UNKNOWN_AFTER) return ["unknown", "unknownHint"];
    if (age === null) return this.#problem ? [this.#problemKey, "unknownHint"] : ["waiting", null];
    if (this.#rows.some(({ node }) => !node.hidden)) return null;
    return age > OLD_AFTER ? ["unknown", "unknownHint"] : ["empty", "emptyHint"];
  }

  #drawMessage(age) {
    const keys = this.#messageKeys(age);
    this.#message.hidden = !keys;
    this.#list.hidden = keys !== null;
    if (!keys) return;
    const lines = keys.filter(Boolean).map((key) => this.#app.say(key));
    if (this.#problem?.status === 503 && this.#problem.title) lines.push(this.#problem.title);
    if (this.#message.dataset.text === lines.join("\n")) return;
    this.#message.dataset.text = lines.join("\n");
    this.#message.replaceChildren(...lines.map((line, at) => el(at === 0 ? "strong" : "p", null, line)));
  }

  #drawAnswer() {
    const focused = document.activeElement?.dataset?.arrival;
    const arrivals = (this.#answer?.arrivals ?? []).filter((arrival) => arrivalTime(arrival) !== null);
    this.#rows = arrivals.map((arrival) => this.#row(arrival));
    this.#list.replaceChildren(...this.#rows.map(({ node }) => node));
    const alerts = this.#answer?.alerts ?? [];
    this.#alerts.replaceChildren(...alerts.map(({ header, description }) =>
      el("p", null, el("strong", null, header ?? ""), description ? ` ${description}` : "")));
    if (focused) this.#rows.find(({ key }) => key === focused)?.button.focus({ preventScroll: true });
  }

  #row(arrival) {
    const key = arrivalKey(arrival);
    const onMap = arrival.vehicle_id !== null && this.#app.buses.get(arrival.vehicle_id) !== null;
    const [meta, figure, unit] = [el("span.meta"), el("b.figure"), el("span.unit")];
    const parts = [
      badge(arrival),
      el("span.where", null, el("span.headsign", null, arrival.headsign ?? arrival.route_name ?? ""), meta),
      el("span.when", null, figure, unit),
    ];
    const follow = () => this.#app.showBus(arrival.vehicle_id, { fly: true, focus: true });
    const button = onMap
      ? el("button.arrival", { type: "button", "data-arrival": key, onclick: follow }, parts)
      : el("div.arrival", null, parts);
    if (!isLive(arrival)) button.classList.add("guessed");
    if (isCancelled(arrival)) button.classList.add("cancelled");
    return { key, arrival, button, node: el("li", null, button), meta, figure, unit };
  }

  #drawTimes({ key, arrival, node, button, meta, figure, unit }, age) {
    const { say, clock } = this.#app;
    const time = arrivalTime(arrival);
    const now = clock.now;
    node.hidden = now - time > GONE_AFTER;
    const minutes = steadyMinutes(time, now, this.#minutes.get(key) ?? Infinity);
    this.#minutes.set(key, minutes);
    const words = isCancelled(arrival) ? say("cancelled") : minutes < 1 ? say("now") : null;
    const far = minutes > 99;
    setText(figure, words ?? (far ? clockTime(time) : String(minutes)));
    setText(unit, words || far ? "" : say("minutes"));
    figure.classList.toggle("words", words !== null);
    button.classList.toggle("due", minutes < 1);
    this.#drawMeta(meta, arrival, age);
  }

  #drawMeta(meta, arrival, age) {
    const { say, language } = this.#app;
    const fixAge = arrival.age_s === null ? null : arrival.age_s + (age ?? 0);
    const parts = isCancelled(arrival) ? [] : [
      [isLive(arrival) ? "live" : "guess", isLive(arrival) ? say("live") : say("estimate")],
      isLive(arrival) ? null : ["", say(arrival.source)],
      ["", plusMinus(arrival.uncertainty_s, language)],
      isFull(arrival.occupancy) ? ["full", say("full")] : null,
      arrival.stops_away > 0 ? ["", say("stopsAway", arrival.stops_away)] : null,
      isLive(arrival) && fixAge !== null ? [fixAge > OLD_AFTER ? "aged" : "", say("gpsAge", fixAge)] : null,
    ].filter((part) => part?.[1]);
    const next = parts.map(([name, text]) => el("span", { class: name || null }, text));
    const same = next.length === meta.children.length && next.every((part, at) => part.isEqualNode(meta.children[at]));
    if (!same) meta.replaceChildren(...next);
  }
}
