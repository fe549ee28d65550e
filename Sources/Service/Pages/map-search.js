// The search box: a combobox over the names of all stops.

import { search } from "./names.js";
import { distance } from "./paths.js";
import { badge, el } from "./shared.js";

const NEAREST = 6;

export class StopSearch {
  #app;
  #input = document.getElementById("search");
  #list = document.getElementById("results");
  #found = [];
  #active = -1;

  constructor(app) {
    this.#app = app;
    this.#input.addEventListener("input", () => this.#look());
    this.#input.addEventListener("focus", () => this.#look());
    this.#input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    const near = document.getElementById("near");
    near.hidden = !(isSecureContext && navigator.geolocation);
    near.addEventListener("click", () => this.#nearMe());
  }

  close() {
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #look() {
    const text = this.#input.value;
    if (text.trim() === "") return this.close();
    this.#show(search([...this.#app.network.stops.values()], text), this.#app.say("noStopFound"));
  }

  #show(stops, otherwise, noteOf = (stop) => this.#towards(stop)) {
    this.#found = stops;
    this.#active = stops.length ? 0 : -1;
    this.#list.replaceChildren(...(stops.length
      ? stops.map((stop, at) => this.#option(stop, at, noteOf(stop)))
      : [el("li.none", { role: "option", "aria-disabled": "true" }, otherwise)]));
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#highlight();
  }

  #towards(stop) {
    return stop.towards.length ? this.#app.say("towards", stop.towards.slice(0, 2).join(", ")) : "";
  }

  #option(stop, at, note) {
    const badges = stop.routes.map((id) => badge(this.#app.network.routes.get(id) ?? { id }));
    return el("li", {
      role: "option", id: `result-${at}`,
      onmousedown: (event) => event.preventDefault(),
      onclick: () => this.#choose(stop),
    }, el("span.name", null, stop.name), el("span.badges", null, badges), el("span.note", null, note));
  }

  #highlight() {
    for (const [at, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(at === this.#active));
      if (at === this.#active) option.scrollIntoView({ block: "nearest" });
    }
    if (this.#active >= 0) this.#input.setAttribute("aria-activedescendant", `result-${this.#active}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const count = this.#found.length;
    if (event.key === "Escape") return this.close();
    if (this.#list.hidden || count === 0) return;
    if (event.key === "Enter") this.#choose(this.#found[Math.max(0, this.#active)]);
    else if (event.key === "ArrowDown") this.#active = (this.#active + 1) % count;
    else if (event.key === "ArrowUp") this.#active = (this.#active + count - 1) % count;
    else return;
    event.preventDefault();
    this.#highlight();
  }

  #choose(stop) {
    this.#input.value = "";
    this.close();
    this.#input.blur();
    this.#app.showStop(stop.id, { fly: true, focus: true });
  }

  #nearMe() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#showNear([coords.latitude, coords.longitude]),
      () => this.#show([], this.#app.say("noPosition")),
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 });
  }

  #showNear(here) {
    const metres = (stop) => distance(here, [stop.lat, stop.lon]);
    const nearest = [...this.#app.network.stops.values()].sort((a, b) => metres(a) - metres(b)).slice(0, NEAREST);
    const note = (stop) => `${this.#app.say("metres", Math.round(metres(stop) / 10) * 10)} · ${this.#towards(stop)}`;
    this.#input.focus();
    this.#show(nearest, this.#app.say("noPosition"), note);
    if (nearest.length) this.#app.map.flyTo(here, 16);
  }
}
