// Plane geometry on small distances: following a corridor's line, and drawing lines side by side.

const METRES = 111195;

/** Metres between two [lat, lon]. */
export function distance(a, b) {
  return Math.hypot((b[0] - a[0]) * METRES, (b[1] - a[1]) * METRES * Math.cos((a[0] * Math.PI) / 180));
}

/** Compass degrees from `a` to `b`. */
export function heading(a, b) {
  const east = (b[1] - a[1]) * Math.cos((a[0] * Math.PI) / 180);
  return ((Math.atan2(east, b[0] - a[0]) * 180) / Math.PI + 360) % 360;
}

export function between(a, b, part) {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}

/** A line of [lat, lon] that can say what lies how far along it. */
export class Path {
  #points;
  #along = [0];

  constructor(points) {
    this.#points = points;
    for (let at = 1; at < points.length; at += 1) {
      this.#along.push(this.#along[at - 1] + distance(points[at - 1], points[at]));
    }
  }

  /** The places on the line within `reach` metres of `point`, each as metres along it. */
  near(point, reach) {
    const found = [];
    for (let at = 1; at < this.#points.length; at += 1) {
      const [a, b] = [this.#points[at - 1], this.#points[at]];
      const part = nearestPart(a, b, point);
      if (distance(between(a, b, part), point) <= reach) {
        found.push(this.#along[at - 1] + part * (this.#along[at] - this.#along[at - 1]));
      }
    }
    return found;
  }

  /** The stretch a bus most likely drove from one point to the other, as [from, to], or null. */
  stretch(from, to, reach = 70) {
    const straight = distance(from, to);
    let best = null;
    for (const start of this.near(from, reach)) {
      for (const end of this.near(to, reach)) {
        const driven = end - start;
        if (driven <= 0 || driven > straight * 2 + 60) continue;
        if (!best || driven < best[1] - best[0]) best = [start, end];
      }
    }
    return best;
  }

  /** The point so many metres along. */
  at(metres) {
    const found = this.#along.findIndex((along) => along >= metres);
    const last = found === -1 ? this.#points.length - 1 : Math.max(1, found);
    const span = this.#along[last] - this.#along[last - 1];
    const part = span > 0 ? (metres - this.#along[last - 1]) / span : 0;
    return between(this.#points[last - 1], this.#points[last], Math.min(1, Math.max(0, part)));
  }
}

function nearestPart(a, b, point) {
  const squeeze = Math.cos((a[0] * Math.PI) / 180);
  const [dy, dx] = [b[0] - a[0], (b[1] - a[1]) * squeeze];
  const length = dx * dx + dy * dy;
  if (length === 0) return 0;
  const part = ((point[0] - a[0]) * dy + (point[1] - a[1]) * squeeze * dx) / length;
  return Math.min(1, Math.max(0, part));
}

/** Shifts a line of pixels sideways, so that corridors on one street lie beside each other. */
export function shift(points, pixels) {
  const line = points.filter((point, at) => at === 0 || point.distanceTo(points[at - 1]) > 0.5);
  if (line.length < 2 || pixels === 0) return line;
  const sides = line.slice(1).map((point, at) => {
    const [dx, dy] = [point.x - line[at].x, point.y - line[at].y];
    const length = Math.hypot(dx, dy);
    return { x: dy / length, y: -dx / length };
  });
  return line.map((point, at) => {
    const before = sides[Math.max(0, at - 1)];
    const after = sides[Math.min(sides.length - 1, at)];
    const mid = { x: before.x + after.x, y: before.y + after.y };
    const scale = pixels / Math.max(0.8, (mid.x * mid.x + mid.y * mid.y) / 2);
    return point.add([mid.x * scale, mid.y * scale]);
  });
}
