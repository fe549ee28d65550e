// The accuracy page's corridors, reasons, worst stops and worst runs.

import { percent } from "./accuracy-plots.js";
import { badge, el } from "./shared.js";

export const PHASES = ["under_way", "before_departure"];
export const CAUSES = ["terminal", "silence", "no_fix", "congestion", "ran_ahead"];

export function color(name) {
  return `var(--${name})`;
}

function smallBadge(app, id) {
  const node = badge(app.routes.get(id) ?? { id, color: "5b6f7a" });
  node.classList.add("small");
  return node;
}

function bar(share, series) {
  return el("div.bar", {}, el("b", { style: `width: ${(share ?? 0) * 100}%`, "--series": color(series) }));
}

/** Two bars for each corridor. */
export function corridors(app, rows) {
  return el(
    "div.bars",
    {},
    rows.flatMap((row) => [
      smallBadge(app, row.route_id),
      ...PHASES.flatMap((phase) => {
        const score = row.score[phase];
        const title = app.say("ofMinutes", score.asked);
        return [bar(score.accurate_share, phase), el("span.value", { title }, percent(score.accurate_share))];
      }),
    ]),
  );
}

/** What became of all minutes, as a bar for each phase, and the reasons with their shares. */
export function reasons(app, total) {
  const bars = PHASES.flatMap((phase) => {
    const score = total[phase];
    const parts = CAUSES.map((cause) =>
      el("b", {
        style: `width: ${(score.causes[cause] / Math.max(1, score.asked)) * 100}%`,
        "--series": color(cause),
        title: app.say(`cause_${cause}`),
      }),
    );
    const rest = el("b", { style: "flex: 1", "--series": "var(--good)", title: app.say("accurate") });
    return [el("p.stack-name", {}, app.say(phase)), el("div.stack", {}, rest, parts)];
  });
  const cells = CAUSES.flatMap((cause) => [
    el("span", {}, el("i", { "--series": color(cause) }), app.say(`cause_${cause}`)),
    ...PHASES.map((phase) =>
      el("span.value", {}, percent(total[phase].asked ? total[phase].causes[cause] / total[phase].asked : null, 1)),
    ),
  ]);
  const heads = [el("span"), ...PHASES.map((phase) => el("span.head", {}, app.say(phase)))];
  return [...bars, el("div.why", {}, heads, cells)];
}

/** The stops at which riders were told worst. */
export function stops(app, rows) {
  if (rows.length === 0) return el("p.nothing", {}, app.say("noMiss"));
  const head = [
    ["", app.say("stop")], ["", ""], ["many", ""], ["number", app.say("accurate")],
    ["number many", app.say("asked")], ["number many", app.say("meanError")], ["", app.say("mostly")],
  ];
  return el(
    "div.scroll",
    {},
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head.map(([kind, text]) => el("th", { class: kind || null }, text)))),
      el("tbody", {}, rows.slice(0, 12).map((row) => stop(app, row))),
    ),
  );
}

function stop(app, row) {
  const both = PHASES.map((phase) => row.score[phase]);
  const asked = both.reduce((sum, score) => sum + score.asked, 0);
  const answered = both.reduce((sum, score) => sum + score.answered, 0);
  const share = both.reduce((sum, score) => sum + score.accurate, 0) / Math.max(1, asked);
  const error = both.reduce((sum, score) => sum + (score.mean_error_s ?? 0) * score.answered, 0) / Math.max(1, answered);
  const chief = CAUSES.map((cause) => [cause, both.reduce((sum, score) => sum + score.causes[cause], 0)])
    .reduce((best, next) => (next[1] > best[1] ? next : best));
  return el(
    "tr",
    {},
    el("td", {}, row.name),
    el("td", {}, smallBadge(app, row.route_id)),
    el("td.many", {}, bar(share, "brand")),
    el("td.number", {}, percent(share)),
    el("td.number.many", {}, asked.toLocaleString(app.language)),
    el("td.number.many", {}, answered ? app.say("seconds", error) : "–"),
    el("td", {}, causeMark(app, chief[0])),
  );
}

function causeMark(app, cause) {
  return el("span.cause", { "--series": color(cause) }, app.say(`cause_${cause}`));
}

/** The runs of which riders were told worst, with what they were told. */
export function misses(app, rows) {
  if (rows.length === 0) return el("p.nothing", {}, app.say("noMiss"));
  return el("ol", {}, rows.map((row) => miss(app, row)));
}

function miss(app, row) {
  const where = app.say(row.phase) + (row.stops > 1 ? ` · ${app.say("atStops", row.stops)}` : "");
  return el(
    "li",
    {},
    smallBadge(app, row.route_id),
    el(
      "div",
      {},
      el("strong", {}, `${app.clock(row.arrived_at)} ${row.stop_name}`),
      el("p.story", {}, story(app, row)),
      el("p.story", {}, `${app.say("bus")} ${row.vehicle_id} · ${where}`),
    ),
    el(
      "div.right",
      {},
      el("span.error", {}, row.error_s === null ? "–" : app.say("offBy", row.error_s)),
      causeMark(app, row.cause),
    ),
  );
}

function story(app, row) {
  const last = row.last_predicted_arrival === null ? "" : ` · ${app.say("lastTold", app.clock(row.last_predicted_arrival))}`;
  if (row.predicted_arrival === null) return app.say("toldNothing") + last;
  return app.say("told", [app.clock(row.made_at), app.clock(row.predicted_arrival)]) + last;
}
