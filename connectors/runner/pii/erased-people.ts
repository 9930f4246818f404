import { createHmac } from 'node:crypto';
import type { Stream } from '../../sdk/definition.ts';
import type { JsonRecord } from '../../sdk/json.ts';
import { belongs } from './belongs.ts';
import type { Mark, MarkPlace } from './marks.ts';
import { marksOf } from './marks.ts';

/** HMAC-SHA-256 of a mark, in hex: without the secret nobody can try out addresses and documents against it. */
export function keyedDigest(secret: string, { digest }: Pick<Mark, 'digest'>): string {
  return createHmac('sha256', secret).update(digest).digest('hex');
}

/** What tells that a secret is the one that the digests were made with. */
export function secretCheck(secret: string): string {
  return createHmac('sha256', secret).update('cortex privacy').digest('hex');
}

/** The persons whose data must not come back: a list of keyed digests, and the secret to compare with. */
export class ErasedPeople {
  readonly #secret: string;
  readonly #digests: ReadonlySet<string>;

  constructor(secret: string, digests: ReadonlySet<string>) {
    this.#secret = secret;
    this.#digests = digests;
  }

  /** Whether somebody who was erased has these marks. */
  own(marks: readonly Mark[]): boolean {
    return belongs(marks, (mark) => this.#digests.has(keyedDigest(this.#secret, mark)));
  }

  /** Whether a record is of somebody who was erased. */
  ownRecord(record: JsonRecord, stream: Stream, place: MarkPlace): boolean {
    return this.own(marksOf(record, stream, place));
  }
}
