// The moving buses.

import { between, distance, heading } from "./paths.js";
import { badgeText, cssColor, el, inkOn, setText } from "./shared.js";

const OLD_AFTER = 60;
const GONE_AFTER = 1800;
/** A bus this far from where it was is put there at once. */
const LEAP_METRES = 2500;
const FRAME_MS = 60;

export class Buses {
  #map;
  #network;
  #pick;
  #clock;
  #buses = new Map();
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #selected = null;
  #lastFrame = 0;

  constructor(map, network, clock, pickBus) {
    this.#map = map;
    this.#network = network;
    this.#clock = clock;
    this.#pick = pickBus;
    map.on("zoomend", () => this.#sizeByZoom());
    this.#sizeByZoom();
    requestAnimationFrame((now) => this.#frame(now));
  }

  get(id) {
    return this.#buses.get(id)?.vehicle ?? null;
  }

  position(id) {
    return this.#buses.get(id)?.at ?? null;
  }

  /** How many buses each corridor has out. */
  counts() {
    const counts = new Map();
    for (const { vehicle } of this.#buses.values()) {
      if (vehicle.state === "silent") continue;
      counts.set(vehicle.route_id, (counts.get(vehicle.route_id) ?? 0) + 1);
    }
    return counts;
  }

  /** Takes a new answer; each bus drives to its new place over `seconds`. */
  update(vehicles, seconds) {
    const present = new Set();
    for (const vehicle of vehicles) {
      if (!this.#worthShowing(vehicle)) continue;
      present.add(vehicle.id);
      const bus = this.#buses.get(vehicle.id) ?? this.#add(vehicle);
      this.#send(bus, vehicle, seconds * 1000);
      this.#paint(bus);
    }
    for (const [id, bus] of this.#buses) {
      if (present.has(id)) continue;
      bus.marker.remove();
      this.#buses.delete(id);
    }
  }

  /** Repaints what depends on time, language or the corridors shown. */
  repaint(describe) {
    for (const bus of this.#buses.values()) {
      this.#paint(bus);
      const text = describe(bus.vehicle);
      const icon = bus.marker.getElement();
      if (icon && icon.getAttribute("aria-label") !== text) icon.setAttribute("aria-label", text);
    }
  }

  select(id) {
    this.#selected = id;
    for (const bus of this.#buses.values()) this.#paint(bus);
  }

  #worthShowing(vehicle) {
    return vehicle.state !== "parked" && Number.isFinite(vehicle.lat) && Number.isFinite(vehicle.lon)
      && this.#clock.now - vehicle.timestamp < GONE_AFTER;
  }

  #add(vehicle) {
    const at = [vehicle.lat, vehicle.lon];
    const body = el("div.bus-body", null, el("i.bus-arrow"), el("b.bus-chip"), el("span.bus-tag"));
    const icon = L.divIcon({ className: "bus", html: body, iconSize: [32, 32] });
    const marker = L.marker(at, { icon, riseOnHover: true }).addTo(this.#map);
    marker.on("click", () => this.#pick(vehicle.id));
    marker.getElement().setAttribute("role", "button");
    const bus = { vehicle, marker, body, at, drive: null, turn: vehicle.bearing };
    this.#buses.set(vehicle.id, bus);
    return bus;
  }

  #send(bus, vehicle, duration) {
    const target = [vehicle.lat, vehicle.lon];
    const leap = distance(bus.at, target);
    bus.vehicle = vehicle;
    if (leap > 8) bus.turn = heading(bus.at, target);
    if (Number.isFinite(vehicle.bearing)) bus.turn = vehicle.bearing;
    if (leap < 1) return;
    if (this.#still.matches || document.hidden || leap > LEAP_METRES) return this.#put(bus, target);
    const path = this.#network.pattern(vehicle.route_id, vehicle.direction_id)?.path;
    const stretch = path?.stretch(bus.at, target) ?? null;
    bus.drive = { from: bus.at, to: target, path, stretch, started: performance.now(), duration };
  }

  #put(bus, at) {
    bus.drive = null;
    bus.at = at;
    bus.marker.setLatLng(at);
  }

  #paint({ vehicle, marker, body, turn }) {
    const route = this.#network.routes.get(vehicle.route_id);
    const shown = this.#network.shows(vehicle.route_id);
    const old = this.#clock.now - vehicle.timestamp > OLD_AFTER || vehicle.state === "silent";
    const icon = marker.getElement();
    icon.hidden = !shown;
    icon.classList.toggle("old", old);
    icon.classList.toggle("resting", vehicle.state === "layover");
    icon.classList.toggle("selected", vehicle.id === this.#selected);
    body.style.setProperty("--color", cssColor(route?.color));
    body.style.setProperty("--on-color", inkOn(route?.color));
    const [arrow, chip, tag] = body.children;
    arrow.hidden = !Number.isFinite(turn) || vehicle.state === "layover";
    arrow.style.setProperty("--turn", `${turn ?? 0}deg`);
    setText(chip, route ? badgeText(route) : "?");
    setText(tag, vehicle.label ?? vehicle.id);
  }

  #frame(now) {
    requestAnimationFrame((next) => this.#frame(next));
    if (now - this.#lastFrame < FRAME_MS) return;
    this.#lastFrame = now;
    for (const bus of this.#buses.values()) if (bus.drive) this.#step(bus);
  }

  #step(bus) {
    const { from, to, path, stretch, started, duration } = bus.drive;
    const part = Math.min(1, (performance.now() - started) / duration);
    if (part === 1) return this.#put(bus, to);
    bus.at = stretch ? onStreet(path, stretch, from, to, part) : between(from, to, part);
    bus.marker.setLatLng(bus.at);
  }

  #sizeByZoom() {
    const zoom = this.#map.getZoom() ?? 12;
    const classes = this.#map.getContainer().classList;
    classes.toggle("far", zoom < 13);
    classes.toggle("near", zoom >= 15);
  }
}

/** Along the corridor's line, keeping the distance from it that the two fixes had. */
function onStreet(path, [start, end], from, to, part) {
  const here = path.at(start + (end - start) * part);
  const [a, b] = [path.at(start), path.at(end)];
  const aside = between([from[0] - a[0], from[1] - a[1]], [to[0] - b[0], to[1] - b[1]], part);
  return [here[0] + aside[0], here[1] + aside[1]];
}
