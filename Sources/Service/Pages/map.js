// The live map: puts its parts together and keeps them up to date.

import { Buses } from "./map-buses.js";
import { Network } from "./map-network.js";
import { Panel } from "./map-panel.js";
import { StopSearch } from "./map-search.js";
import { Poller, ServerClock, ServerProblem, badge, el, fetchJSON, setText } from "./shared.js";
import { preferredLanguage, rememberLanguage, word } from "./words.js";

const POLL_SECONDS = 10;
const OLD_AFTER = 60;
/** Where a phone's sheet begins, as a part of the height, once it is filled. */
const SHEET_TOP = 0.54;
const PADANG = [-0.93, 100.38];

const find = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 720px)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** What the parts share. */
const app = {
  clock: new ServerClock(),
  language: preferredLanguage(),
  say: (key, value) => word(key, app.language, value),
  showStop,
  showBus,
  clear,
};
const state = { generatedAt: null, problem: null, networkProblem: false, filter: new Set(), following: null };

app.map = L.map("map", { zoomControl: false, attributionControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.25 });
app.map.setView(PADANG, 12);
L.control.zoom({ position: "bottomright" }).addTo(app.map);
L.control.scale({ position: "bottomright", imperial: false }).addTo(app.map);
app.network = new Network(app.map, (id) => showStop(id, {}));
app.buses = new Buses(app.map, app.network, app.clock, (id) => showBus(id, {}));
app.panel = new Panel(app);
app.search = new StopSearch(app);

// What is shown

function showStop(id, { fly = false, focus = false }) {
  const stop = app.network.stops.get(id);
  state.following = null;
  app.buses.select(null);
  app.network.mark(id);
  app.panel.showStop(id, focus);
  history.replaceState(null, "", `#stop=${encodeURIComponent(id)}`);
  if (stop) bringIntoView([stop.lat, stop.lon], fly ? 16 : app.map.getZoom());
}

function showBus(id, { fly = false, focus = false }) {
  state.following = id;
  app.buses.select(id);
  app.network.mark(null);
  app.panel.showBus(id, focus);
  history.replaceState(null, "", `#bus=${encodeURIComponent(id)}`);
  const at = app.buses.position(id);
  if (at) bringIntoView(at, fly ? Math.max(15, app.map.getZoom()) : app.map.getZoom());
}

function clear() {
  state.following = null;
  app.buses.select(null);
  app.network.mark(null);
  app.panel.close();
  history.replaceState(null, "", location.pathname + location.search);
}

/** Centres a place in the part of the map that the panel leaves free. */
function bringIntoView(at, zoom) {
  const room = freeRoom();
  const shifted = app.map.project(at, zoom).subtract([room.x, room.y]);
  const inside = zoom === app.map.getZoom() && room.bounds.contains(app.map.latLngToContainerPoint(at));
  if (!inside) app.map.flyTo(app.map.unproject(shifted, zoom), zoom, { duration: 0.7, animate: !still.matches });
}

function freeRoom() {
  const size = app.map.getSize();
  const head = find("head").getBoundingClientRect();
  const left = narrow.matches ? 0 : head.right;
  const top = narrow.matches ? head.bottom : 0;
  const bottom = narrow.matches && !find("sheet").hidden ? size.y * SHEET_TOP : size.y;
  const edge = 40;
  return {
    x: left / 2,
    y: (top + bottom - size.y) / 2,
    bounds: L.bounds([left + edge, top + edge], [size.x - edge, bottom - edge]),
    padding: { paddingTopLeft: [left + 24, top + 24], paddingBottomRight: [24, size.y - bottom + 24] },
  };
}

function openFromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (wanted.get("stop")) showStop(wanted.get("stop"), { fly: true });
  else if (wanted.get("bus")) showBus(wanted.get("bus"), { fly: true });
}

// Corridors

function drawCorridors() {
  const counts = app.buses.counts();
  const buttons = [...app.network.routes.values()].map((route) => {
    const count = app.say("busCount", counts.get(route.id) ?? 0);
    const on = state.filter.has(route.id);
    return el("button", {
      type: "button", "aria-pressed": String(on), "data-route": route.id, title: route.long_name,
      "aria-label": `${route.short_name} ${route.long_name}, ${count}`, onclick: () => toggle(route.id),
    }, badge(route), el("span.name", null, route.long_name ?? ""), el("span.count", null, count));
  });
  const focused = document.activeElement?.dataset?.route;
  find("corridors").replaceChildren(...buttons);
  find("corridors").classList.toggle("filtered", state.filter.size > 0);
  if (focused) buttons.find((button) => button.dataset.route === focused)?.focus();
}

function toggle(routeID) {
  if (!state.filter.delete(routeID)) state.filter.add(routeID);
  if (state.filter.size === app.network.routes.size) state.filter.clear();
  app.network.filter(new Set(state.filter));
  drawCorridors();
  tick();
}

// Loading

async function loadNetwork() {
  try {
    await app.network.load();
  } catch (error) {
    state.networkProblem = true;
    tick();
    throw error;
  }
  state.networkProblem = false;
  networkPoller.stop();
  if (app.network.routes.size) app.map.fitBounds(app.network.bounds, { ...freeRoom().padding, animate: false });
  drawCorridors();
  vehiclePoller.soon().then(openFromAddress);
}

async function loadVehicles() {
  try {
    const answer = await fetchJSON("/api/v1/vehicles");
    app.clock.learn(answer.generated_at);
    app.buses.update(answer.vehicles, state.generatedAt === null ? 0.1 : POLL_SECONDS);
    state.generatedAt = answer.generated_at;
    state.problem = null;
    if (app.network.routes.size) drawCorridors();
  } catch (error) {
    state.problem = error;
    throw error;
  } finally {
    tick();
  }
}

async function loadConfig() {
  const config = await fetchJSON("/pages/config.json");
  setText(find("agency"), config.agency ?? "Trans Padang");
  if (!config.tiles) return;
  L.tileLayer(config.tiles.url, { maxZoom: 19, className: "tiles" }).addTo(app.map);
  document.body.classList.add("tiled");
  find("map").append(el("p.credit", null, plainText(config.tiles.attribution ?? "")));
}

/** The words of an attribution that may be written as HTML. */
function plainText(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

// Time and language

function tick() {
  app.panel.tick();
  app.buses.repaint(describeBus);
  drawNotice();
  follow();
}

function follow() {
  const at = state.following && app.buses.position(state.following);
  if (!at) return;
  const outside = !freeRoom().bounds.contains(app.map.latLngToContainerPoint(at));
  if (outside && app.map.getBounds().pad(0.2).contains(at)) bringIntoView(at, app.map.getZoom());
}

function describeBus(vehicle) {
  const route = app.network.routes.get(vehicle.route_id)?.short_name ?? "";
  const heading = vehicle.headsign ? app.say("towards", vehicle.headsign) : "";
  return [app.say("bus"), vehicle.label ?? vehicle.id, route, heading].filter(Boolean).join(" ");
}

/** Says plainly that the server cannot be reached or that what it tells is old. */
function drawNotice() {
  const age = state.generatedAt === null ? null : app.clock.now - state.generatedAt;
  const lines = [];
  if (state.problem) lines.push(app.say(state.problem instanceof ServerProblem ? "disturbed" : "unreachable"));
  else if (state.networkProblem) lines.push(app.say("noNetwork"));
  if (age !== null && (state.problem || age > OLD_AFTER)) lines.push(app.say("lastData", coarse(age)));
  find("notice").hidden = lines.length === 0;
  setText(find("notice"), lines.join(". "));
  document.body.classList.toggle("stale", age !== null && age > OLD_AFTER);
}

/** In steps, so that a screen reader does not read out every second. */
function coarse(seconds) {
  return seconds < 60 ? Math.floor(seconds / 10) * 10 : Math.floor(seconds / 60) * 60;
}

function speak(language) {
  app.language = language;
  document.documentElement.lang = language;
  document.title = `Trans Padang · ${app.say("mapLabel")}`;
  for (const node of document.querySelectorAll("[data-word]")) setText(node, app.say(node.dataset.word));
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", app.say(node.dataset.label));
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = app.say(node.dataset.placeholder);
  for (const button of find("language").children) {
    button.setAttribute("aria-pressed", String(button.value === language));
  }
  drawCorridors();
  app.panel.redraw();
  tick();
}

find("language").addEventListener("click", ({ target }) => {
  if (!target.value) return;
  rememberLanguage(target.value);
  speak(target.value);
});
addEventListener("hashchange", openFromAddress);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.network.restyle());
app.map.on("click", () => narrow.matches && clear());
app.map.on("dragstart", () => (state.following = null));

const vehiclePoller = new Poller(POLL_SECONDS, loadVehicles);
const networkPoller = new Poller(POLL_SECONDS, loadNetwork);
speak(app.language);
loadConfig().catch(() => {});
networkPoller.soon();
vehiclePoller.soon();
setInterval(tick, 1000);
