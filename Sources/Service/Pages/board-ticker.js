// Alerts along the foot of the stop display.

const SEPARATOR = "   •   ";

export class Ticker {
  #box;
  #text;

  constructor(box, text) {
    this.#box = box;
    this.#text = text;
  }

  /** Shows these alerts; the text keeps running while they stay the same. */
  show(alerts) {
    const sentences = alerts.map(({ header, description }) => [header, description].filter(Boolean).join(" – "));
    const text = sentences.filter(Boolean).join(SEPARATOR);
    this.#box.hidden = text === "";
    this.#box.classList.toggle("severe", alerts.some(({ severity }) => /severe/i.test(severity ?? "")));
    if (text === this.#text.textContent) return;
    this.#text.textContent = text;
    this.fit();
  }

  /** Runs only what is too long to stand still. */
  fit() {
    const lane = this.#text.parentElement.clientWidth;
    const width = this.#text.scrollWidth;
    const speed = Math.min(innerWidth, innerHeight) / 9;
    this.#text.style.setProperty("--from", `${lane}px`);
    this.#text.style.setProperty("--run", `${((lane + width) / speed).toFixed(1)}s`);
    this.#text.style.setProperty("--ahead", `${(-lane / speed).toFixed(1)}s`);
    this.#text.classList.toggle("moving", width > lane);
  }
}
