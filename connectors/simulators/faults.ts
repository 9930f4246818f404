import { randomOf } from './random.ts';

/** What goes wrong on the wire or in the answer. */
export type Fault =
  /** The platform's own answers for too fast (429), broken (500), down (503). */
  | { readonly kind: 'rate_limited' | 'server_error' | 'unavailable' }
  /** A 429 of something in front of the platform, without a word on how long to wait. */
  | { readonly kind: 'bare_429' }
  /** Headers, or the rest of the body after its first half, come late. */
  | { readonly kind: 'slow_headers' | 'slow_body'; readonly delayMs: number }
  /** The request is taken and never answered. */
  | { readonly kind: 'silence' }
  /** Half of the body, then the end: with a content-length of the whole, or of chunks without the last one. */
  | { readonly kind: 'cut_length' | 'cut_chunks' }
  /** The connection is reset before an answer; the platform has carried the request out, or never saw it. */
  | { readonly kind: 'reset'; readonly isCarriedOut?: boolean }
  /** The records of the page before come once more, in front of this page's. */
  | { readonly kind: 'duplicate_page' }
  /** The list moved by some records between two pages. */
  | { readonly kind: 'shifting_page'; readonly by: number }
  /** The body is JSON up to its middle only, with a correct length. */
  | { readonly kind: 'malformed_json' }
  /** Access tokens have run out; all credentials are withdrawn. */
  | { readonly kind: 'expired_token' | 'revoked_token' }
  /** A field of every record changes its type: `total`, `customer.id`. */
  | { readonly kind: 'changed_shape'; readonly field: string; readonly to: OtherShape }
  /** What stands around the records changes: `data.page_info`; `''` is the whole body. Only answers with a page. */
  | { readonly kind: 'changed_envelope'; readonly field: string; readonly to: OtherShape };

/** `numbered` is a list as a map of its places, as PHP sends one that has a gap. */
export type OtherShape = 'text' | 'object' | 'list' | 'numbered' | 'null' | 'missing';

/** Decides what happens to a request; `undefined` is nothing. */
export interface FaultPlan {
  faultOf(request: FaultedRequest): Fault | undefined;
}

interface FaultedRequest {
  readonly index: number;
  readonly method: string;
  readonly path: string;
  /** What makes two requests the same one tried again: method, path, query and body. */
  readonly identity: string;
}

/** A fault at a chosen place: the requests that fit, counted from 1. */
export interface PlacedFault {
  readonly fault: Fault;
  /** The path must match; all do otherwise. */
  readonly path?: RegExp;
  /** The first of the fitting requests that it happens to; 1 otherwise. */
  readonly from?: number;
  /** How many of them; 1 otherwise, `Infinity` for all that follow. */
  readonly times?: number;
}

/** Faults at chosen places; where two fit a request, the first one happens and both are counted. */
export function placedFaults(places: readonly PlacedFault[]): FaultPlan {
  const seen = places.map(() => 0);
  return {
    faultOf(request) {
      let found: Fault | undefined;
      places.forEach(({ fault, path, from = 1, times = 1 }, index) => {
        if (path !== undefined && !path.test(request.path)) return;
        const count = (seen[index] ?? 0) + 1;
        seen[index] = count;
        if (count >= from && count < from + times) found ??= fault;
      });
      return found;
    },
  };
}

export interface SeededFaults {
  readonly seed: number;
  /** The part of the requests that something happens to. */
  readonly rate: number;
  readonly faults: readonly Fault[];
  /** How often in a row the same request can fail, so that a client with that many tries gets through; 2. */
  readonly inARow?: number;
}

/** Faults at random places, the same ones for the same seed and sequence of requests. */
export function seededFaults({ seed, rate, faults, inARow = 2 }: SeededFaults): FaultPlan {
  const failed = new Map<string, number>();
  return {
    faultOf({ index, identity }) {
      const random = randomOf(seed, index);
      const before = failed.get(identity) ?? 0;
      if (before >= inARow || !random.chance(rate)) {
        failed.delete(identity);
        return undefined;
      }
      failed.set(identity, before + 1);
      return random.pick(faults);
    },
  };
}

/** All of several plans: the first that has a fault decides, every plan sees every request. */
export function faultsOf(...plans: readonly FaultPlan[]): FaultPlan {
  return {
    faultOf(request) {
      const found = plans.map((plan) => plan.faultOf(request));
      return found.find((fault) => fault !== undefined);
    },
  };
}
