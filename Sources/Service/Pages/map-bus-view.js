// One bus in the panel: where it goes, how fresh its position is, its next stops.

import { Poller, arrivalTime, badge, el, fetchJSON, inkOn, setText } from "./shared.js";
import { punctuality } from "./words.js";

const OLD_AFTER = 60;
const MOST_STOPS = 12;

export class BusView {
  #app;
  #id;
  #poller;
  #times = new Map();
  #facts;
  #list;
  #foot;
  #drawn = "";

  constructor(app, id) {
    this.#app = app;
    this.#id = id;
    this.#poller = new Poller(10, () => this.#load());
  }

  get title() {
    const vehicle = this.#vehicle;
    return `${this.#app.say("bus")} ${vehicle?.label ?? this.#id}`;
  }

  start() {
    this.#poller.soon();
  }

  stop() {
    this.#poller.stop();
  }

  build() {
    const { say } = this.#app;
    this.#facts = el("div.facts");
    this.#list = el("ol.stops");
    this.#foot = el("p.foot", null, el("span"));
    this.#drawn = "";
    return el("article", null, el("p.kind", null, this.title), this.#facts,
      el("h3", null, say("nextStops")), this.#list, this.#foot);
  }

  tick() {
    const vehicle = this.#vehicle;
    const signature = JSON.stringify([vehicle, [...this.#times], this.#app.language]);
    if (signature !== this.#drawn) {
      this.#drawn = signature;
      this.#draw(vehicle);
    }
    if (!vehicle) return;
    const age = this.#app.clock.now - vehicle.timestamp;
    setText(this.#foot.firstChild, this.#app.say("gpsAge", age));
    this.#foot.firstChild.classList.toggle("old", age > OLD_AFTER);
    for (const node of this.#list.querySelectorAll("[data-time]")) {
      setText(node, this.#minutes(Number(node.dataset.time)));
    }
  }

  get #vehicle() {
    return this.#app.buses.get(this.#id);
  }

  /** The times at the next stops, where the server tells them; the stops' names stand without. */
  async #load() {
    const answer = await fetchJSON(`/api/v1/vehicles/${encodeURIComponent(this.#id)}`);
    const next = Array.isArray(answer.next_stops) ? answer.next_stops : [];
    this.#times = new Map(next.map((stop) => [`${stop.stop_sequence}`, arrivalTime(stop)]));
    this.tick();
  }

  #minutes(time) {
    const { say, clock } = this.#app;
    const minutes = Math.floor((time - clock.now) / 60);
    return minutes < 1 ? say("now") : `${minutes} ${say("minutes")}`;
  }

  #draw(vehicle) {
    const { say, network } = this.#app;
    if (!vehicle) {
      this.#facts.replaceChildren(el("p.message", null, say("busGone")));
      this.#list.replaceChildren();
      return;
    }
    const route = network.routes.get(vehicle.route_id);
    this.#facts.replaceChildren(
      el("h2", null, route ? badge(route) : null, vehicle.headsign ?? say("unassigned")),
      el("p.chips", null, this.#chips(vehicle).map(([name, text]) => el("span", { class: name || null }, text))));
    this.#drawStops(vehicle, route);
  }

  #chips(vehicle) {
    const { say, language } = this.#app;
    const driving = vehicle.state === "in_service";
    return [
      [driving ? "good" : "", say(vehicle.state)],
      ["", driving ? punctuality(vehicle.delay_s, language) : ""],
      ["", vehicle.occupancy ? say(vehicle.occupancy.toUpperCase()) : ""],
      ["", driving && vehicle.speed_mps >= 1 ? `${Math.round(vehicle.speed_mps * 3.6)} km/h` : ""],
    ].filter(([, text]) => text);
  }

  #drawStops(vehicle, route) {
    const pattern = this.#app.network.pattern(vehicle.route_id, vehicle.direction_id);
    const from = vehicle.current_stop_sequence ?? Infinity;
    const ahead = (pattern?.stops ?? []).filter((stop) => stop.sequence >= from);
    this.#list.style.setProperty("--color", this.#app.network.color(route?.id));
    this.#list.style.setProperty("--on-color", inkOn(route?.color));
    const shown = ahead.length > MOST_STOPS ? [...ahead.slice(0, MOST_STOPS - 1), ahead.at(-1)] : ahead;
    this.#list.replaceChildren(...shown.map((stop, at) => this.#stopRow(stop, at, ahead.length - shown.length, vehicle)));
  }

  #stopRow(stop, at, skipped, vehicle) {
    const time = this.#times.get(`${stop.sequence}`) ?? null;
    const leap = skipped > 0 && at === MOST_STOPS - 1;
    const status = at === 0 && vehicle.current_status ? this.#app.say(vehicle.current_status) : null;
    return el(leap ? "li.leap" : "li", null,
      el("button", { type: "button", onclick: () => this.#app.showStop(stop.id, { fly: true, focus: true }) },
        el("span.name", null, status ? el("small", null, status) : null, stop.name),
        time === null ? null : el("span.time", { "data-time": time })));
  }
}
