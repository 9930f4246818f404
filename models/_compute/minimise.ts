/** A smooth function: its value at a point, and its gradient there. */
export type SmoothFunction = (point: readonly number[]) => {
  readonly value: number;
  readonly gradient: readonly number[];
};

export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  /** True when the gradient became as small as asked for. */
  readonly isConverged: boolean;
}

export interface MinimiseOptions {
  /** The greatest part of the gradient that counts as none. */
  readonly tolerance: number;
  readonly mostSteps: number;
  /** A search that leads farther from 0 than this, by any coordinate, has no minimum to end at, and is not converged. */
  readonly farthest?: number;
}

/** A step of the search must gain this part of what the slope promises (Armijo's rule). */
const LEAST_GAIN = 1e-4;
/** So far values differ by rounding alone: near the minimum only the gradient still tells. */
const NOISE = 1e-14;
const LONGEST_STEP = 2;

/**
 * Finds a local minimum by the method of Broyden, Fletcher, Goldfarb and Shanno with a backtracking search.
 * Values that are no number count as infinitely high, so that a search steps back from them.
 */
export function minimise(
  f: SmoothFunction,
  start: readonly number[],
  { tolerance, mostSteps, farthest = Infinity }: MinimiseOptions,
): Minimum {
  let point = [...start];
  let at = f(point);
  let inverse = identity(point.length);
  let isFresh = true;
  for (let step = 0; step < mostSteps && largest(at.gradient) > tolerance; step += 1) {
    const direction = inverse.map((row) => -dot(row, at.gradient));
    const next = dot(direction, at.gradient) < 0 ? search(f, point, at, direction) : undefined;
    if (next === undefined) {
      // What was learnt of the curvature misleads: forget it once, then the value cannot be bettered.
      if (isFresh) break;
      inverse = identity(point.length);
      isFresh = true;
      continue;
    }
    const moved = next.point.map((value, index) => value - (point[index] ?? 0));
    const turned = next.gradient.map((value, index) => value - (at.gradient[index] ?? 0));
    inverse = updated(inverse, moved, turned, isFresh);
    isFresh = false;
    ({ point } = next);
    at = next;
    if (largest(point) > farthest) return { point, value: at.value, isConverged: false };
  }
  return { point, value: at.value, isConverged: largest(at.gradient) <= tolerance };
}

type Evaluated = ReturnType<SmoothFunction> & { readonly point: number[] };

function search(
  f: SmoothFunction,
  point: readonly number[],
  at: ReturnType<SmoothFunction>,
  direction: readonly number[],
): Evaluated | undefined {
  const slope = dot(direction, at.gradient);
  let length = Math.min(1, LONGEST_STEP / largest(direction));
  for (let tries = 0; tries < 60; tries += 1, length /= 2) {
    const next = point.map((value, index) => value + length * (direction[index] ?? 0));
    const found = f(next);
    const hasGained =
      found.value <= at.value + LEAST_GAIN * length * slope && found.value < at.value;
    const isFlatter =
      found.value - at.value <= NOISE * Math.abs(at.value) &&
      largest(found.gradient) < largest(at.gradient);
    if (hasGained || isFlatter) return { ...found, point: next };
  }
  return undefined;
}

/** The inverse of the curvature after a step, unless the step shows none. */
function updated(
  inverse: readonly (readonly number[])[],
  moved: readonly number[],
  turned: readonly number[],
  isFresh: boolean,
): number[][] {
  const curvature = dot(moved, turned);
  if (!(curvature > 1e-12 * Math.sqrt(dot(moved, moved) * dot(turned, turned))))
    return inverse.map((row) => [...row]);
  // The first step says how large a unit is.
  const scale = isFresh ? curvature / dot(turned, turned) : 1;
  const scaled = inverse.map((row) => row.map((value) => value * scale));
  const seen = scaled.map((row) => dot(row, turned));
  const factor = (1 + dot(turned, seen) / curvature) / curvature;
  return scaled.map((row, i) =>
    row.map((value, j) => {
      const [mi = 0, mj = 0, si = 0, sj = 0] = [moved[i], moved[j], seen[i], seen[j]];
      return value + factor * mi * mj - (mi * sj + si * mj) / curvature;
    }),
  );
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => Number(row === column)),
  );
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
