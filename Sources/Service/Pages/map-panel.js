// The panel beside the map (on a phone: the sheet below it) for a stop or a bus.

import { BusView } from "./map-bus-view.js";
import { StopView } from "./map-stop-view.js";
import { el } from "./shared.js";

export class Panel {
  #app;
  #sheet = document.getElementById("sheet");
  #content = document.getElementById("content");
  #view = null;

  constructor(app) {
    this.#app = app;
    const grip = document.getElementById("grip");
    grip.addEventListener("click", () => this.#resize(!this.#sheet.classList.contains("tall")));
    this.#followFinger(grip);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target.id !== "search") this.#app.clear();
    });
  }

  showStop(id, focus) {
    this.#open(new StopView(this.#app, id), focus);
  }

  showBus(id, focus) {
    this.#open(new BusView(this.#app, id), focus);
  }

  close() {
    this.#view?.stop();
    this.#view = null;
    this.#sheet.hidden = true;
    this.#sheet.classList.remove("tall");
    document.body.classList.remove("chosen");
  }

  /** Repaints what depends on the time; every second. */
  tick() {
    this.#view?.tick();
  }

  /** Draws everything anew, as in another language. */
  redraw() {
    if (this.#view) this.#fill();
  }

  #open(view, focus) {
    this.#view?.stop();
    this.#view = view;
    this.#sheet.hidden = false;
    document.body.classList.add("chosen");
    this.#fill();
    this.#content.scrollTop = 0;
    if (focus) this.#sheet.focus({ preventScroll: true });
    view.start();
  }

  #fill() {
    const close = el("button.close", {
      type: "button", "aria-label": this.#app.say("close"), onclick: () => this.#app.clear(),
    }, "×");
    this.#content.replaceChildren(close, this.#view.build());
    this.#sheet.setAttribute("aria-label", this.#view.title);
    this.#view.tick();
  }

  #resize(tall) {
    this.#sheet.classList.toggle("tall", tall);
  }

  /** Dragged up the sheet grows, dragged down it shrinks and then closes. */
  #followFinger(grip) {
    let start = null;
    grip.addEventListener("pointerdown", (event) => {
      start = event.clientY;
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointerup", (event) => {
      const moved = event.clientY - (start ?? event.clientY);
      start = null;
      if (Math.abs(moved) < 24) return;
      grip.addEventListener("click", (click) => click.stopImmediatePropagation(), { once: true, capture: true });
      if (moved < 0) this.#resize(true);
      else if (this.#sheet.classList.contains("tall")) this.#resize(false);
      else this.#app.clear();
    });
  }
}
