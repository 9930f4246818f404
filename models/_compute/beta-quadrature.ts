/** Points and weights by which an average over a Beta distribution becomes a sum. */
export interface Quadrature {
  /** In (0, 1). */
  readonly points: readonly number[];
  /** Positive; their sum is 1. */
  readonly weights: readonly number[];
}

const MOST_ROTATIONS = 60;

/**
 * The Gauss-Jacobi rule of `size` points for Beta(a, b), by the eigenvalues of the recurrence of its
 * orthogonal polynomials (Golub and Welsch, 1969): exact for polynomials up to degree 2 * size - 1.
 */
export function betaQuadrature(a: number, b: number, size: number): Quadrature {
  const diagonal: number[] = [];
  const beside: number[] = [];
  const [p, q] = [b - 1, a - 1];
  const sum = p + q;
  for (let k = 0; k < size; k += 1) {
    diagonal.push(
      k === 0 ? (q - p) / (sum + 2) : ((q - p) * (q + p)) / ((2 * k + sum) * (2 * k + sum + 2)),
    );
    const n = k + 1;
    const square =
      n === 1
        ? (4 * (1 + p) * (1 + q)) / ((2 + sum) ** 2 * (3 + sum))
        : (4 * n * (n + p) * (n + q) * (n + sum)) /
          ((2 * n + sum) ** 2 * (2 * n + sum + 1) * (2 * n + sum - 1));
    beside.push(k === size - 1 ? 0 : Math.sqrt(square));
  }
  const first = eigenvalues(diagonal, beside);
  return {
    points: diagonal.map((value) => (1 + value) / 2),
    weights: first.map((value) => value * value),
  };
}

/**
 * Replaces the diagonal of a symmetric tridiagonal matrix by its eigenvalues (implicit QL) and gives the first
 * component of each unit eigenvector.
 */
function eigenvalues(d: number[], e: number[]): number[] {
  const size = d.length;
  const first = d.map((_, index) => Number(index === 0));
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;
  for (let low = 0; low < size; low += 1) {
    for (let rotation = 0; rotation < MOST_ROTATIONS; rotation += 1) {
      let high = low;
      while (high < size - 1) {
        const near = Math.abs(at(d, high)) + Math.abs(at(d, high + 1));
        if (Math.abs(at(e, high)) <= Number.EPSILON * near) break;
        high += 1;
      }
      if (high === low) break;
      let g = (at(d, low + 1) - at(d, low)) / (2 * at(e, low));
      let r = Math.hypot(g, 1);
      g = at(d, high) - at(d, low) + at(e, low) / (g + Math.sign(g || 1) * r);
      let [s, c, p] = [1, 1, 0];
      let isSplit = false;
      for (let i = high - 1; i >= low; i -= 1) {
        const f = s * at(e, i);
        const b = c * at(e, i);
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] = at(d, i + 1) - p;
          e[high] = 0;
          isSplit = true;
          break;
        }
        s = f / r;
        c = g / r;
        g = at(d, i + 1) - p;
        r = (at(d, i) - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        const component = at(first, i + 1);
        first[i + 1] = s * at(first, i) + c * component;
        first[i] = c * at(first, i) - s * component;
      }
      if (isSplit) continue;
      d[low] = at(d, low) - p;
      e[low] = g;
      e[high] = 0;
    }
  }
  return first;
}
