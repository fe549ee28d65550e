// Corridors and stops: what is drawn under the buses.

import { StopLabels } from "./map-labels.js";
import { words } from "./names.js";
import { Path, shift } from "./paths.js";
import { cssColor, fetchJSON } from "./shared.js";

const STOPS_FROM_ZOOM = 13;
const LINE_GAP = 2.9;

/** A line drawn so many pixels to the side of its street. */
function sideways() {
  return L.Polyline.extend({
    _projectLatlngs(latlngs, result, bounds) {
      const first = result.length;
      L.Polyline.prototype._projectLatlngs.call(this, latlngs, result, bounds);
      if (result.length > first) result[first] = shift(result[first], this.options.sideways);
    },
  });
}

function lineWeight(zoom) {
  return zoom < 13 ? 3 : zoom < 15 ? 4 : 5;
}

function stopRadius(zoom) {
  return zoom < 14 ? 2.6 : zoom < 15 ? 3.8 : zoom < 16 ? 5 : 7;
}

export class Network {
  routes = new Map();
  stops = new Map();
  #map;
  #patterns = [];
  #lines = [];
  #dots = new Map();
  #halo;
  #labels;
  #shownRoutes = new Set();
  #pick;

  constructor(map, pickStop) {
    this.#map = map;
    this.#pick = pickStop;
    map.createPane("stops").style.zIndex = 450;
    this.lineRenderer = L.canvas({ padding: 0.4 });
    this.stopRenderer = L.canvas({ pane: "stops", padding: 0.3, tolerance: 9 });
    this.#labels = new StopLabels(map);
    this.#halo = L.circleMarker([0, 0], {
      pane: "stops", renderer: this.stopRenderer, radius: 9, weight: 4, color: "#f2b632",
      fillColor: "#c8202f", fillOpacity: 1, interactive: false,
    });
    map.on("zoomend", () => this.restyle());
  }

  async load() {
    const { routes } = await fetchJSON("/api/v1/routes");
    const details = await Promise.all(
      routes.map((route) => fetchJSON(`/api/v1/routes/${encodeURIComponent(route.id)}`)));
    for (const { route, patterns } of details) {
      this.routes.set(route.id, route);
      for (const pattern of patterns) this.#take(route, pattern);
    }
    this.#drawLines();
    this.#drawStops();
    this.filter(new Set());
  }

  get bounds() {
    return L.latLngBounds(this.#patterns.flatMap(({ shape }) => shape));
  }

  color(routeID) {
    return cssColor(this.routes.get(routeID)?.color);
  }

  pattern(routeID, directionID) {
    const ofRoute = this.#patterns.filter((pattern) => pattern.route.id === routeID);
    return ofRoute.find((pattern) => pattern.direction_id === directionID) ?? null;
  }

  /** Shows only these corridors; an empty set means all of them. */
  filter(routeIDs) {
    this.#shownRoutes = routeIDs;
    this.restyle();
  }

  shows(routeID) {
    return this.#shownRoutes.size === 0 || this.#shownRoutes.has(routeID);
  }

  /** Puts a ring around a stop, or takes it away. */
  mark(stopID) {
    const stop = this.stops.get(stopID);
    this.#labels.favour(stopID);
    if (!stop) return this.#halo.remove();
    this.#halo.setLatLng([stop.lat, stop.lon]).addTo(this.#map).bringToFront();
  }

  #take(route, pattern) {
    this.#patterns.push({ ...pattern, route, path: new Path(pattern.shape) });
    const ends = [pattern.stops[0]?.id, pattern.stops.at(-1)?.id];
    for (const { id, name, lat, lon } of pattern.stops) {
      const stop = this.stops.get(id) ?? {
        id, name, lat, lon, routes: [], towards: [], terminal: false, words: words(name),
      };
      if (!stop.routes.includes(route.id)) stop.routes.push(route.id);
      if (id !== pattern.stops.at(-1).id && !stop.towards.includes(pattern.headsign)) stop.towards.push(pattern.headsign);
      if (ends.includes(id)) stop.terminal = true;
      this.stops.set(id, stop);
    }
  }

  /** All casings first, so that no corridor's casing cuts through its neighbour. */
  #drawLines() {
    const Line = sideways();
    const order = [...this.routes.keys()];
    for (const casing of [true, false]) {
      for (const { route, direction_id, shape } of this.#patterns) {
        const place = (order.indexOf(route.id) - (order.length - 1) / 2) * LINE_GAP;
        const line = new Line(shape, {
          renderer: this.lineRenderer, interactive: false, lineJoin: "round", smoothFactor: 0.6,
          sideways: direction_id === 1 ? -place : place,
        }).addTo(this.#map);
        this.#lines.push({ line, route, casing });
      }
    }
  }

  #drawStops() {
    for (const stop of this.stops.values()) {
      const dot = L.circleMarker([stop.lat, stop.lon], { pane: "stops", renderer: this.stopRenderer, fillOpacity: 1 });
      dot.on("click", () => this.#pick(stop.id));
      this.#dots.set(stop.id, { dot, stop });
    }
    this.#labels.stops = [...this.stops.values()];
  }

  /** Sets colours and sizes for the zoom, the theme and the corridors shown. */
  restyle() {
    const zoom = this.#map.getZoom();
    const theme = getComputedStyle(document.documentElement);
    const [paper, ink] = ["--paper", "--ink"].map((name) => theme.getPropertyValue(name).trim());
    for (const { line, route, casing } of this.#lines) {
      const shown = this.shows(route.id);
      const weight = lineWeight(zoom) + (casing ? 3 : 0);
      const color = casing ? paper : cssColor(route.color);
      line.setStyle({ weight, color, opacity: shown ? 1 : casing ? 0 : 0.13 });
    }
    for (const { dot, stop } of this.#dots.values()) this.#styleDot(dot, stop, zoom, paper, ink);
    if (this.#map.hasLayer(this.#halo)) this.#halo.bringToFront();
    this.#labels.shows = (stop) => stop.routes.some((id) => this.shows(id));
    this.#labels.draw();
  }

  #styleDot(dot, stop, zoom, paper, ink) {
    const shown = stop.routes.some((id) => this.shows(id));
    const visible = shown && (stop.terminal || zoom >= STOPS_FROM_ZOOM);
    if (!visible) return void dot.remove();
    if (!this.#map.hasLayer(dot)) dot.addTo(this.#map);
    const color = stop.terminal || stop.routes.length > 1 ? ink : this.color(stop.routes[0]);
    dot.setStyle({ color, fillColor: paper, weight: zoom < 14 && !stop.terminal ? 1.5 : 2.5 });
    dot.setRadius(stop.terminal ? Math.max(6, stopRadius(zoom)) : stopRadius(zoom));
  }
}
