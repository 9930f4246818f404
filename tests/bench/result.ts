/** One measured ratio and the limit it is held to. */
export interface BenchResult {
  readonly name: string;
  readonly ratio: number;
  /** The promise: the ratio may not be greater. */
  readonly limit: number;
  /** The absolute figures behind the ratio, for people. */
  readonly detail: string;
}

/** A promise about memory. */
export interface MemoryResult {
  readonly name: string;
  readonly megabytes: number;
  readonly limit: number;
}

export interface BenchReport {
  readonly ratios: readonly BenchResult[];
  readonly memory: readonly MemoryResult[];
}

/** The middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
