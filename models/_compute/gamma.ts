const HALF_LOG_TWO_PI = 0.918_938_533_204_672_7;

/** From here on the series of Stirling is exact to a double's last digits. */
const LARGE = 15;

/** ln Γ(x) for x > 0: Stirling's series, after x is raised to where it converges. */
export function logGamma(x: number): number {
  let product = 1;
  let at = x;
  for (; at < LARGE; at += 1) product *= at;
  const inverse = 1 / (at * at);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) /
    at;
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TWO_PI + series - Math.log(product);
}

/** The derivative of ln Γ(x) for x > 0. */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < LARGE; at += 1) shift -= 1 / at;
  const inverse = 1 / (at * at);
  const series =
    inverse *
    (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))));
  return shift + Math.log(at) - 0.5 / at - series;
}
