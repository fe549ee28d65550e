// The accuracy page: asks for the figures and puts them on their cards.

import { bars, lines, percent, stacks } from "./accuracy-plots.js";
import { CAUSES, PHASES, color, corridors, misses, reasons, stops } from "./accuracy-tables.js";
import { Poller, ServerProblem, badge, el, fetchJSON, setText } from "./shared.js";
import { preferredLanguage, rememberLanguage, word } from "./words.js";

const POLL_SECONDS = 30;
const PERIODS = [1, 7, 35, 365];

const find = (id) => document.getElementById(id);
const wishes = new URLSearchParams(location.search);

/** What the parts share. */
const app = {
  language: preferredLanguage(),
  routes: new Map(),
  say: (key, value) => word(key, app.language, value),
  clock: (unix) => time(unix),
};
const state = {
  days: PERIODS.includes(Number(wishes.get("days"))) ? Number(wishes.get("days")) : 7,
  route: wishes.get("route"),
  answer: null,
  problem: null,
  asked: 0,
};

// Asking

const poller = new Poller(POLL_SECONDS, async () => {
  const asked = ++state.asked;
  try {
    if (app.routes.size === 0) await learnRoutes();
    const route = state.route ? `&route=${encodeURIComponent(state.route)}` : "";
    const answer = await fetchJSON(`/api/v1/accuracy?days=${state.days}${route}`, 20);
    if (asked !== state.asked) return;
    state.answer = answer;
    state.problem = null;
  } catch (problem) {
    state.problem = problem;
    throw problem;
  } finally {
    if (asked === state.asked) show();
  }
});

async function learnRoutes() {
  const [routes, configuration] = await Promise.all([fetchJSON("/api/v1/routes"), fetchJSON("/pages/config.json")]);
  for (const route of routes.routes) app.routes.set(route.id, route);
  setText(find("agency"), configuration.agency);
}

async function ask() {
  wishes.set("days", state.days);
  if (state.route) wishes.set("route", state.route);
  else wishes.delete("route");
  history.replaceState(null, "", `?${wishes}`);
  document.querySelector("main").classList.add("waiting");
  // A question under way is no longer the one.
  state.asked += 1;
  showWishes();
  await poller.soon();
  if (document.querySelector("main").classList.contains("waiting")) await poller.soon();
}

// Showing

function show() {
  showWords();
  showWishes();
  showNotice();
  const { answer } = state;
  document.querySelector("main").hidden = !hasFigures();
  document.querySelector("main").classList.remove("waiting");
  if (!hasFigures()) return;
  for (const phase of PHASES) showTile(phase, answer.total[phase]);
  showPlots(answer);
  find("corridors").replaceChildren(corridors(app, answer.routes), key(PHASES));
  find("causes").replaceChildren(...reasons(app, answer.total));
  find("stops").replaceChildren(stops(app, answer.worst_stops));
  find("misses").replaceChildren(misses(app, answer.misses));
}

function hasFigures() {
  const total = state.answer?.total;
  return Boolean(total && PHASES.some((phase) => total[phase].asked > 0));
}

function showTile(phase, score) {
  const share = score.accurate_share;
  const figures = [
    ["meanError", score.mean_error_s === null ? "–" : app.say("seconds", score.mean_error_s)],
    ["bias", score.bias_s === null ? "–" : app.say("lateOrEarly", score.bias_s)],
    ["answered", percent(score.asked ? score.answered / score.asked : null, 1)],
  ];
  const tile = find(phase);
  tile.style.setProperty("--series", color(phase));
  tile.replaceChildren(
    el("h2", {}, app.say(phase)),
    el("p.share", {}, share === null ? "–" : (share * 100).toFixed(1), el("small", {}, " %")),
    el("dl", {}, figures.flatMap(([name, text]) => [el("dt", {}, app.say(name)), el("dd", {}, text)])),
    el("p.of", {}, app.say("ofMinutes", score.asked)),
  );
}

function showPlots(answer) {
  const horizons = answer.horizons.map((row) => ({ row, label: `${row.from_minutes}–${row.to_minutes} ${app.say("minutes")}` }));
  draw("horizons", "byHorizon", bars, places(horizons, "accurate_share"), PHASES);
  draw("coverage", "coverage", (...rest) => bars(...rest, 0.8), places(horizons, "within_interval_share"), PHASES);
  draw("curve", "overDays", lines, places(answer.days.map((row) => ({ row, label: day(row.date) })), "accurate_share"), PHASES);
  const hours = answer.hours.map((row) => ({ row, label: String(row.hour).padStart(2, "0") }));
  draw("hours", "byHour", lines, places(hours, "accurate_share"), PHASES);
  draw("causeHours", "whyByHour", stacks, hours.map(causesOf), CAUSES);
}

/** What a plot needs of each row: the share of both phases. */
function places(rows, share) {
  return rows.map(({ row, label }) => ({
    label,
    asked: PHASES.reduce((sum, phase) => sum + row.score[phase].asked, 0),
    values: PHASES.map((phase) => ({
      share: row.score[phase][share],
      color: color(phase),
      title: `${label} · ${app.say(phase)}: ${percent(row.score[phase][share], 1)} · ${app.say("ofMinutes", row.score[phase].asked)}`,
    })),
  }));
}

function causesOf({ row, label }) {
  const asked = Math.max(1, PHASES.reduce((sum, phase) => sum + row.score[phase].asked, 0));
  return {
    label,
    values: CAUSES.map((cause) => {
      const share = PHASES.reduce((sum, phase) => sum + row.score[phase].causes[cause], 0) / asked;
      return { share, color: color(cause), title: `${label} · ${app.say(`cause_${cause}`)}: ${percent(share, 1)}` };
    }),
  };
}

function draw(id, title, plot, data, series) {
  const place = find(id);
  place.replaceChildren(plot(Math.max(240, place.clientWidth), app.say(title), data), key(series));
}

function key(series) {
  return el("p.key", {}, series.map((name) => el("span", {}, el("i", { "--series": color(name) }), app.say(CAUSES.includes(name) ? `cause_${name}` : name))));
}

function showNotice() {
  const { problem } = state;
  let text = "";
  if (problem) text = problem instanceof ServerProblem && problem.title ? problem.title : app.say("unreachable");
  else if (!hasFigures()) text = app.say(state.answer ? "nothingGraded" : "nothingYet");
  find("notice").hidden = text === "";
  setText(find("notice"), text);
}

function showWords() {
  document.documentElement.lang = app.language;
  for (const node of document.querySelectorAll("[data-word]")) setText(node, app.say(node.dataset.word));
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", app.say(node.dataset.label));
  }
}

function showWishes() {
  for (const button of find("language").children) {
    button.setAttribute("aria-pressed", button.value === app.language);
  }
  find("days").replaceChildren(
    ...PERIODS.map((days) =>
      el("button", { type: "button", "aria-pressed": String(days === state.days), onclick: () => choose({ days }) }, app.say(`days${days}`)),
    ),
  );
  find("routes").classList.toggle("filtered", Boolean(state.route));
  find("routes").replaceChildren(
    ...[...app.routes.values()].map((route) =>
      el(
        "button",
        {
          type: "button",
          title: route.long_name || null,
          "aria-pressed": String(route.id === state.route),
          onclick: () => choose({ route: route.id === state.route ? null : route.id }),
        },
        badge(route),
      ),
    ),
  );
}

function choose(wish) {
  Object.assign(state, wish);
  ask();
}

function time(unix) {
  const options = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: state.answer?.time_zone };
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(unix * 1000));
}

function day(date) {
  const at = Date.UTC(date.slice(0, 4), date.slice(4, 6) - 1, date.slice(6, 8));
  return new Intl.DateTimeFormat(app.language, { day: "numeric", month: "short", timeZone: "UTC" }).format(at);
}

// Beginning

find("language").addEventListener("click", (event) => {
  const { value } = event.target;
  if (!value) return;
  app.language = value;
  rememberLanguage(value);
  show();
});

let width = innerWidth;
addEventListener("resize", () => {
  // On phones the height changes with every scroll.
  if (innerWidth === width) return;
  width = innerWidth;
  if (hasFigures()) showPlots(state.answer);
});

show();
poller.soon();
