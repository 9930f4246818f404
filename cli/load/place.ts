import type { Span } from '../kernel/span.ts';

/** Where in a file something is wrong. */
export interface FilePlace {
  /** As people know it: relative to the project directory. */
  readonly file: string;
  /** Counted from 1; `undefined` where the whole file is meant. */
  readonly line?: number | undefined;
  /** For files that are small enough to show. */
  readonly span?: Span | undefined;
}

/** `` `seeds/prices.csv`, line 7 ``. */
export function placeText(place: FilePlace): string {
  return place.line === undefined ? `\`${place.file}\`` : `\`${place.file}\`, line ${place.line}`;
}
