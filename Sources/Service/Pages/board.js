// The full-screen display of one stop. It would rather say nothing than something old.

import { BoardRows } from "./board-rows.js";
import { Ticker } from "./board-ticker.js";
import { Poller, ServerClock, ServerProblem, badge, clockTime, fetchJSON, setText } from "./shared.js";
import { word } from "./words.js";

const POLL_SECONDS = 10;
const OLD_AFTER = 60;
const UNKNOWN_AFTER = 180;
const ROW_LIMIT = 24;

const find = (id) => document.getElementById(id);
const stopID = decodeURIComponent(location.pathname.replace(/\/+$/, "").split("/").pop());
const stopURL = `/api/v1/stops/${encodeURIComponent(stopID)}`;

const clock = new ServerClock();
const rows = new BoardRows(find("rows"), find("area"));
const ticker = new Ticker(find("ticker"), find("ticker-text"));

/** The last good answer, and what went wrong since, if anything did. */
const state = { answer: null, problem: null, stopKnown: false };

async function load() {
  try {
    const answer = await fetchJSON(`${stopURL}/arrivals?limit=${ROW_LIMIT}`);
    clock.learn(answer.generated_at);
    state.answer = answer;
    state.problem = null;
    ticker.show(answer.alerts ?? []);
  } catch (error) {
    state.problem = error;
    clock.learn(error.generatedAt);
    throw error;
  } finally {
    draw();
  }
}

/** The stop's name and corridors: known even while its arrivals are not. */
async function loadStop() {
  const { stop } = await fetchJSON(stopURL);
  const { routes } = await fetchJSON("/api/v1/routes");
  const byID = new Map(routes.map((route) => [route.id, route]));
  find("corridors").replaceChildren(...stop.routes.map((id) => badge(byID.get(id) ?? { id })));
  state.stopKnown = true;
  showName(stop.name);
}

function showName(name) {
  const heading = find("name");
  if (heading.textContent === name) return;
  heading.textContent = name;
  document.title = `${name} · Trans Padang`;
  fitName();
}

function fitName() {
  const heading = find("name");
  heading.classList.remove("long");
  heading.classList.toggle("long", heading.scrollWidth > heading.clientWidth);
}

/** Paints everything that depends on the time; runs every second. */
function draw() {
  drawClock();
  if (!state.stopKnown && state.answer) showName(state.answer.stop.name);
  const age = state.answer ? clock.now - state.answer.generated_at : null;
  const coming = state.answer ? rows.stillComing(state.answer.arrivals, clock.now) : [];
  const message = messageKeys(age, coming.length);
  drawMessage(message);
  rows.show(message ? [] : coming, clock.now);
  drawFreshness(age);
}

/** What went wrong, in a key: a server that answers with an error is not out of reach. */
function problemKey() {
  return state.problem instanceof ServerProblem ? "disturbed" : "unreachable";
}

/** Which sentence stands in for the rows, or null when they can be shown. */
function messageKeys(age, count) {
  const { problem } = state;
  if (problem instanceof ServerProblem && problem.status === 404) return ["noStop", "noStopHint", "bad"];
  if (problem instanceof ServerProblem && problem.status === 503) return ["unknown", "unknownHint", "bad"];
  if (age === null) return problem ? [problemKey(), "unknown", "bad"] : ["nothingYet", null, ""];
  if (age > UNKNOWN_AFTER) return ["unknown", "unknownHint", "bad"];
  if (count > 0) return null;
  return age > OLD_AFTER ? ["unknown", "unknownHint", "bad"] : ["empty", "emptyHint", ""];
}

function drawMessage(keys) {
  const box = find("message");
  box.hidden = !keys;
  if (!keys) return;
  const [title, hint, tone] = keys;
  box.className = tone;
  for (const language of ["id", "en"]) {
    setText(find(`message-${language}`), word(title, language));
    setText(find(`hint-${language}`), hint ? word(hint, language) : "");
  }
  setText(find("hint-server"), state.problem?.status === 503 ? (state.problem.title ?? "") : "");
}

function drawFreshness(age) {
  const foot = find("foot");
  const refused = state.problem instanceof ServerProblem;
  const old = age === null ? state.problem !== null : refused || age > OLD_AFTER;
  foot.classList.toggle("old", old);
  foot.classList.toggle("waiting", age === null);
  for (const language of ["id", "en"]) setText(find(`fresh-${language}`), freshness(age, old, language));
}

function freshness(age, old, language) {
  if (age === null) return word(state.problem ? problemKey() : "waiting", language);
  if (old && state.problem) return `${word(problemKey(), language)} · ${word("updated", language, age)}`;
  return word(old && age <= UNKNOWN_AFTER ? "old" : "updated", language, age);
}

function drawClock() {
  if (!clock.known) return;
  const now = clock.now;
  setText(find("clock"), clockTime(now));
  setText(find("date"), dateWords(now, "id-ID"));
  setText(find("date-en"), dateWords(now, "en-GB"));
}

function dateWords(now, locale) {
  const form = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale, form).format(new Date((now + 7 * 3600) * 1000));
}

/** Moves the picture by a few pixels each minute, so that no screen keeps its trace. */
function keepMoving() {
  const step = Math.floor(performance.now() / 60000);
  const x = Math.round(6 * Math.sin(step * 0.9));
  const y = Math.round(5 * Math.cos(step * 0.7));
  find("board").style.transform = `translate(${x}px, ${y}px)`;
}

/** A screen that has run for a day starts afresh at night, and so picks up a new version. */
function renewDaily(started) {
  const hour = clock.known ? Number(clockTime(clock.now).slice(0, 2)) : -1;
  if (hour === 3 && performance.now() - started > 12 * 3600e3 && !state.problem) location.reload();
}

const started = performance.now();
const arrivalsPoller = new Poller(POLL_SECONDS, load);
const stopPoller = new Poller(POLL_SECONDS, () => loadStop().then(() => stopPoller.stop()));
arrivalsPoller.soon();
stopPoller.soon();
draw();
setInterval(draw, 1000);
setInterval(keepMoving, 60000);
setInterval(() => renewDaily(started), 600000);
new ResizeObserver(() => {
  fitName();
  rows.resize();
  ticker.fit();
  draw();
}).observe(find("area"));
fetchJSON("/pages/config.json")
  .then((config) => setText(find("agency"), config.agency ?? "Trans Padang"), () => {});
