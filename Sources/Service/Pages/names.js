// Finds a stop however its name is spelled: Aia, Air or Aie; Buaya or Buayo; Simp. or Simpang; 1 or I.

const phrases = [
  [/\bby[\s-]+pass\b/g, "bypass"],
  [/\blubeg\b/g, "lubuk begalung"],
  [/\bluki\b/g, "lubuk kilangan"],
  [/\bunand\b/g, "universitas andalas"],
  [/\bpnp\b/g, "politeknik negeri padang"],
  [/\bunp\b/g, "universitas negeri padang"],
  [/\bitp\b/g, "institut teknologi padang"],
  [/\brumah sakit\b/g, "rs"],
  [/\bbandar buat\b/g, "banda buat"],
];

const spellings = new Map(Object.entries({
  aia: "air", aie: "air", ayia: "air", aiar: "air",
  buayo: "buaya", puruih: "purus", anduriang: "anduring", pecah: "pacah", pasia: "pasir", pasie: "pasir",
  simp: "simpang", sp: "simpang", spg: "simpang", simpg: "simpang",
  mesjid: "masjid", musholla: "masjid", mushola: "masjid", musala: "masjid", mushalla: "masjid",
  univ: "universitas", poltek: "politeknik", term: "terminal", psr: "pasar", jln: "jalan", jl: "jalan",
  ktr: "kantor", gub: "gubernur", kp: "kampung", kampuang: "kampung", hospital: "rs", market: "pasar",
  i: "1", ii: "2", iii: "3", iv: "4",
}));

/** A name's words in one spelling. */
export function words(name) {
  let text = name.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  text = text.replace(/[^a-z0-9\s-]/g, " ");
  for (const [pattern, instead] of phrases) text = text.replace(pattern, instead);
  return text.split(/[\s-]+/).filter(Boolean).map((part) => spellings.get(part) ?? part);
}

/** How well `query` (its words) fits `name` (its words): 0 when it does not. */
export function fit(query, name) {
  let score = 0;
  for (const [at, part] of query.entries()) {
    const best = Math.max(...name.map((other, place) => fitWord(part, other, at === query.length - 1, place)));
    if (!(best > 0)) return 0;
    score += best;
  }
  return score / query.length - name.length * 0.01;
}

function fitWord(part, other, typing, place) {
  const early = place === 0 ? 0.2 : 0;
  if (part === other) return 1 + early;
  if (typing && other.startsWith(part)) return 0.8 + early;
  if (part.length >= 3 && other.startsWith(part)) return 0.6 + early;
  if (part.length >= 4 && nearly(part, other)) return 0.4 + early;
  if (typing && part.length >= 4 && nearly(part, other.slice(0, part.length))) return 0.3 + early;
  return 0;
}

/** Whether one letter changed, missing, added or swapped with its neighbour is all that differs. */
function nearly(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let enda = a.length;
  let endb = b.length;
  while (enda > start && endb > start && a[enda - 1] === b[endb - 1]) {
    enda -= 1;
    endb -= 1;
  }
  const [left, right] = [a.slice(start, enda), b.slice(start, endb)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
}

/** The best `limit` of `stops` (each with `words`) for what was typed. */
export function search(stops, text, limit = 8) {
  const query = words(text);
  if (query.length === 0) return [];
  return stops
    .map((stop) => ({ stop, score: fit(query, stop.words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.stop.name.localeCompare(b.stop.name, "id", { numeric: true }))
    .slice(0, limit)
    .map(({ stop }) => stop);
}
