import type { IdentifierKind } from './identifiers.ts';
import { IDENTIFIER_KINDS } from './identifiers.ts';

export interface CountedEvents {
  readonly identifiers: readonly string[];
  readonly events: number;
}

export type MatchQuality = { readonly events: number } & Readonly<Record<IdentifierKind, number>>;

/** Share of events with each kind of identifier, in percent with one decimal. */
export function matchQuality(counted: readonly CountedEvents[]): MatchQuality {
  const events = counted.reduce((sum, { events: own }) => sum + own, 0);
  const share = (kind: IdentifierKind) => {
    const having = counted
      .filter(({ identifiers }) => identifiers.includes(kind))
      .reduce((sum, { events: own }) => sum + own, 0);
    return events === 0 ? 0 : Math.round((having * 1_000) / events) / 10;
  };
  const shares = Object.fromEntries(IDENTIFIER_KINDS.map((kind) => [kind, share(kind)]));
  return { events, ...(shares as Record<IdentifierKind, number>) };
}
