// Every sentence of the pages, in Bahasa Indonesia and in English.

const table = {
  // Where an arrival comes from.
  live: ["langsung", "live"],
  terminal: ["dari terminal", "from terminal"],
  next_trip: ["perjalanan berikutnya", "next trip"],
  schedule: ["jadwal", "timetable"],
  estimate: ["perkiraan", "estimate"],

  // Times and distances.
  minutes: ["mnt", "min"],
  minutesLong: ["menit", "min"],
  now: ["tiba", "now"],
  nowLong: ["Tiba", "Now"],
  at: ["pukul", "at"],
  cancelled: ["batal", "cancelled"],
  full: ["penuh", "full"],
  stopsAway: [(n) => `${n} halte lagi`, (n) => (n === 1 ? "1 stop away" : `${n} stops away`)],
  gpsAge: [(n) => `GPS ${duration(n, 0)} lalu`, (n) => `GPS ${duration(n, 1)} ago`],
  updated: [(n) => `diperbarui ${longDuration(n, 0)} lalu`, (n) => `updated ${duration(n, 1)} ago`],
  waiting: ["memuat…", "loading…"],

  // States of a bus.
  in_service: ["beroperasi", "in service"],
  layover: ["menunggu di terminal", "waiting at the terminal"],
  off_route: ["di luar rute", "off its route"],
  deadheading: ["jalan tanpa penumpang", "driving empty"],
  unassigned: ["belum diketahui koridornya", "corridor not known yet"],
  silent: ["tidak mengirim posisi", "sends no position"],
  parked: ["parkir", "parked"],
  STOPPED_AT: ["berhenti di", "stopped at"],
  INCOMING_AT: ["segera tiba di", "arriving at"],
  IN_TRANSIT_TO: ["menuju", "on the way to"],
  EMPTY: ["kosong", "empty"],
  MANY_SEATS_AVAILABLE: ["banyak kursi kosong", "many seats free"],
  FEW_SEATS_AVAILABLE: ["sedikit kursi kosong", "few seats free"],
  STANDING_ROOM_ONLY: ["berdiri saja", "standing room only"],
  CRUSHED_STANDING_ROOM_ONLY: ["penuh sesak", "crowded"],
  FULL: ["penuh", "full"],
  NOT_ACCEPTING_PASSENGERS: ["tidak menerima penumpang", "not boarding"],
  onTime: ["tepat waktu", "on time"],
  late: [(n) => `terlambat ${n} mnt`, (n) => `${n} min late`],
  early: [(n) => `lebih awal ${n} mnt`, (n) => `${n} min early`],

  // The live map.
  subtitle: ["Posisi bus langsung", "Live bus positions"],
  search: ["Cari halte…", "Find a stop…"],
  searchLabel: ["Cari halte menurut nama", "Find a stop by name"],
  noStopFound: ["Tidak ada halte dengan nama itu", "No stop of that name"],
  nearMe: ["Halte di dekat saya", "Stops near me"],
  noPosition: ["Posisi Anda tidak dapat ditemukan", "Your position cannot be found"],
  metres: [(n) => `${n} m dari Anda`, (n) => `${n} m from you`],
  corridors: ["Koridor", "Corridors"],
  allCorridors: ["Tampilkan semua", "Show all"],
  busCount: [(n) => `${n} bus`, (n) => (n === 1 ? "1 bus" : `${n} buses`)],
  hint: ["Ketuk halte atau bus, atau cari nama halte.", "Tap a stop or a bus, or search for a stop."],
  towards: [(name) => `ke ${name}`, (name) => `to ${name}`],
  stop: ["Halte", "Stop"],
  bus: ["Bus", "Bus"],
  nextStops: ["Halte berikutnya", "Next stops"],
  lastStop: ["Ini halte terakhir.", "This is the last stop."],
  board: ["Layar penuh", "Full screen"],
  follow: ["Ikuti bus", "Follow the bus"],
  close: ["Tutup", "Close"],
  resize: ["Perbesar atau perkecil panel", "Make the panel larger or smaller"],
  busGone: ["Bus ini tidak lagi di peta.", "This bus is no longer on the map."],
  skip: ["Langsung ke pencarian halte", "Skip to stop search"],
  mapLabel: ["Peta bus langsung", "Live bus map"],
  language: ["Bahasa", "Language"],
  noNetwork: ["Rute tidak dapat dimuat. Mencoba lagi…", "Routes cannot be loaded. Trying again…"],

  // The accuracy page.
  accuracy: ["Ketepatan", "Accuracy"],
  toMap: ["Ke peta", "To the map"],
  period: ["Jangka waktu", "Period"],
  days1: ["Hari ini", "Today"],
  days7: ["7 hari", "7 days"],
  days35: ["35 hari", "35 days"],
  days365: ["1 tahun", "1 year"],
  under_way: ["Dalam perjalanan", "Under way"],
  before_departure: ["Sebelum berangkat", "Before departure"],
  accurate: ["tepat", "accurate"],
  asked: ["ditanya", "asked"],
  answered: ["dijawab", "answered"],
  meanError: ["selisih rata-rata", "mean error"],
  bias: ["bus datang", "buses came"],
  seconds: [(n) => `${Math.round(n)} dtk`, (n) => `${Math.round(n)} s`],
  lateOrEarly: [
    (n) => `${Math.abs(Math.round(n))} dtk lebih ${n < 0 ? "cepat" : "lama"}`,
    (n) => `${Math.abs(Math.round(n))} s ${n < 0 ? "earlier" : "later"}`,
  ],
  ofMinutes: [
    (n) => `dari ${n.toLocaleString("id")} menit bertanya`, (n) => `of ${n.toLocaleString("en")} minutes asked`,
  ],
  byHorizon: ["Menurut jarak waktu", "By how far ahead"],
  byHorizonNote: ["Bagian yang tepat, menurut menit hingga kedatangan", "Share told accurately, by minutes to the arrival"],
  coverage: ["Rentang perkiraan", "Intervals"],
  coverageNote: [
    "Seberapa sering bus datang dalam rentang ±; seharusnya 80 %",
    "How often buses came within the ± told; meant to be 80 %",
  ],
  overDays: ["Dari hari ke hari", "Day by day"],
  byHour: ["Menurut jam", "By hour of the day"],
  byCorridor: ["Menurut koridor", "By corridor"],
  why: ["Mengapa tidak tepat", "Why not"],
  whyByHour: ["Mengapa, menurut jam", "Why, by hour of the day"],
  whyByHourNote: ["Bagian dari semua menit yang tidak tepat", "Share of all minutes that were not told accurately"],
  cause_terminal: ["waktu berangkat", "departure time"],
  cause_silence: ["tanpa jawaban", "no answer"],
  cause_no_fix: ["tanpa posisi GPS", "no fix"],
  cause_congestion: ["kemacetan", "congestion"],
  cause_ran_ahead: ["lebih cepat", "ran ahead"],
  worstStops: ["Halte terburuk", "Worst stops"],
  mostly: ["terutama", "mostly"],
  worstMisses: ["Terburuk dalam 24 jam", "Worst of the last 24 hours"],
  worstMissesNote: [
    "Apa yang dikatakan sekitar sepuluh menit sebelum bus datang", "What was said about ten minutes before the bus came",
  ],
  noMiss: ["Tidak ada.", "None."],
  told: [
    ([at, arrival]) => `pukul ${at} dikatakan ${arrival}`, ([at, arrival]) => `at ${at} we said ${arrival}`,
  ],
  toldNothing: ["tidak dikatakan apa-apa", "nothing was said"],
  lastTold: [(at) => `terakhir ${at}`, (at) => `last said ${at}`],
  offBy: [
    (n) => `${(Math.abs(n) / 60).toFixed(1)} mnt ${n < 0 ? "lebih awal" : "terlambat"}`,
    (n) => `${(Math.abs(n) / 60).toFixed(1)} min ${n < 0 ? "early" : "late"}`,
  ],
  atStops: [(n) => `di ${n} halte`, (n) => `at ${n} stops`],
  nothingGraded: [
    "Belum ada bus yang kedatangannya terlihat dalam jangka waktu ini.",
    "No bus has been seen to come in this period yet.",
  ],
  method: [
    "Untuk setiap kedatangan yang terlihat: apa yang akan dikatakan kepada penumpang pada setiap menit dari tiga puluh menit sebelumnya. Tepat menurut batas MBTA: 0–3 menit ±60 dtk; 3–6 menit −90/+120; 6–12 menit −150/+210; 12–30 menit −240/+360. Menit tanpa jawaban dihitung tidak tepat.",
    "For each arrival that was seen: what a rider would have been told in each of the thirty minutes before it. Accurate by the MBTA's bounds: 0–3 min ±60 s; 3–6 min −90/+120; 6–12 min −150/+210; 12–30 min −240/+360. A minute without an answer is not accurate.",
  ],

  // When there is nothing sure to say.
  empty: ["Tidak ada bus yang akan datang", "No bus is coming"],
  emptyHint: [
    "Tidak ada bus menuju halte ini saat ini.", "No bus is heading for this stop at the moment.",
  ],
  unreachable: ["Server tidak dapat dihubungi", "The server cannot be reached"],
  disturbed: ["Layanan tidak dapat memberi data saat ini", "The service has no data right now"],
  lastData: [
    (n) => `Posisi terakhir ${longDuration(n, 0)} lalu`, (n) => `Last positions ${duration(n, 1)} ago`,
  ],
  old: [
    (n) => `Data berumur ${longDuration(n, 0)} – mungkin tidak tepat`,
    (n) => `Data is ${duration(n, 1)} old – may be wrong`,
  ],
  unknown: ["Waktu kedatangan tidak diketahui", "Arrival times are not known"],
  unknownHint: [
    "Bus mungkin tetap beroperasi, tetapi kami tidak dapat memastikan kapan tiba.",
    "Buses may still be running, but we cannot tell when they will arrive.",
  ],
  noStop: ["Halte tidak dikenal", "Unknown stop"],
  noStopHint: ["Periksa alamat layar ini.", "Check the address of this display."],
  nothingYet: ["Menghubungi server…", "Contacting the server…"],
};

function duration(seconds, language) {
  const n = Math.max(0, Math.round(seconds));
  if (n < 90) return `${n} ${["dtk", "s"][language]}`;
  if (n < 5400) return `${Math.round(n / 60)} ${["mnt", "min"][language]}`;
  return `${Math.round(n / 3600)} ${["jam", "h"][language]}`;
}

function longDuration(seconds, language) {
  return duration(seconds, language).replace("dtk", "detik").replace("mnt", "menit");
}

/** One of the sentences above in `language` ("id" or "en"). */
export function word(key, language, value) {
  const entry = table[key]?.[language === "en" ? 1 : 0];
  if (entry === undefined) return key;
  return typeof entry === "function" ? entry(value) : entry;
}

/** The language asked for before, else the browser's, else Bahasa Indonesia. */
export function preferredLanguage() {
  const wanted = new URLSearchParams(location.search).get("lang") ?? stored() ?? navigator.language;
  return /^en\b/i.test(wanted ?? "") ? "en" : "id";
}

export function rememberLanguage(language) {
  try {
    localStorage.setItem("language", language);
  } catch {
    // A browser that forbids storage simply asks again next time.
  }
}

function stored() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

/** `±` with whole minutes, or seconds where it is that sure. */
export function plusMinus(seconds, language) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 45) return `± ${Math.max(10, Math.round(seconds / 10) * 10)} ${language === "en" ? "s" : "dtk"}`;
  return `± ${Math.max(1, Math.round(seconds / 60))} ${word("minutes", language)}`;
}

/** How late or early a bus runs, in words. */
export function punctuality(delay, language) {
  if (delay === null || delay === undefined) return "";
  const minutes = Math.round(Math.abs(delay) / 60);
  if (minutes < 2) return word("onTime", language);
  return word(delay > 0 ? "late" : "early", language, minutes);
}
