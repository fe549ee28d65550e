// Names of terminals, and of every stop when near enough, none over another.

import { el } from "./shared.js";

const ALL_FROM_ZOOM = 15;
const MOST = 90;
const sides = [
  (w, h) => [11, -h / 2], (w, h) => [-w - 11, -h / 2], (w, h) => [-w / 2, -h - 11], (w) => [-w / 2, 11],
];

export class StopLabels {
  stops = [];
  shows = () => true;
  #map;
  #pane;
  #favourite = null;
  #pen = document.createElement("canvas").getContext("2d");

  constructor(map) {
    this.#map = map;
    this.#pane = map.createPane("names");
    this.#pane.style.zIndex = 620;
    map.on("zoomstart", () => this.#pane.classList.add("away"));
    map.on("zoomend moveend", () => this.draw());
  }

  /** Names this stop before all others. */
  favour(stopID) {
    this.#favourite = stopID;
    this.draw();
  }

  draw() {
    const family = getComputedStyle(document.body).fontFamily;
    const candidates = this.#candidates();
    const taken = candidates.map((stop) => this.#dot(stop));
    const names = [];
    for (const stop of candidates) {
      if (names.length >= MOST) break;
      const label = this.#place(stop, taken, family);
      if (label) names.push(label);
    }
    this.#pane.replaceChildren(...names);
    this.#pane.classList.remove("away");
  }

  #candidates() {
    const near = this.#map.getZoom() >= ALL_FROM_ZOOM;
    const view = this.#map.getBounds();
    const rank = (stop) => (stop.id === this.#favourite ? 3 : stop.terminal ? 2 : stop.routes.length > 1 ? 1 : 0);
    return this.stops
      .filter((stop) => (near || rank(stop) >= 2) && this.shows(stop) && view.contains([stop.lat, stop.lon]))
      .sort((a, b) => rank(b) - rank(a));
  }

  /** No name may cover another stop's dot. */
  #dot(stop) {
    const { x, y } = this.#map.latLngToLayerPoint([stop.lat, stop.lon]);
    return Object.assign([x - 6, y - 6, x + 6, y + 6], { stop });
  }

  #place(stop, taken, family) {
    const strong = stop.terminal || stop.id === this.#favourite;
    this.#pen.font = `${strong ? 700 : 400} 12px ${family}`;
    const size = [this.#pen.measureText(stop.name).width + 4, 16];
    const point = this.#map.latLngToLayerPoint([stop.lat, stop.lon]);
    const left = this.#map.containerPointToLayerPoint([0, 0]).x;
    const right = left + this.#map.getSize().x;
    for (const side of sides) {
      const [dx, dy] = side(...size);
      const box = [point.x + dx, point.y + dy, point.x + dx + size[0], point.y + dy + size[1]];
      if (box[0] < left || box[2] > right) continue;
      if (taken.some((other) => other.stop !== stop && overlap(box, other))) continue;
      taken.push(box);
      const label = el(strong ? "span.stop-name.strong" : "span.stop-name", null, stop.name);
      L.DomUtil.setPosition(label, L.point(box[0], box[1]).round());
      return label;
    }
    return null;
  }
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
