import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { Secret } from '../../sdk/secret.ts';
import { isList, isRecord, pathSteps } from '../../sdk/value-source.ts';

const COVER = '[secret]';
/** Shorter ones are looked for in messages only: they may stand in data by chance. */
const CERTAIN_LENGTH = 16;
const SHORTEST = 4;

/** Knows the credentials of an account, and takes them out of all that is shown or kept. */
export class Scrubber {
  readonly #secrets = new Set<string>();

  constructor(account: unknown) {
    for (const secret of secretsIn(account)) this.add(secret);
  }

  /** A token that was obtained on the way. */
  add(secret: string): void {
    if (secret.length < SHORTEST) return;
    for (const spelling of [secret, encodeURIComponent(secret)]) this.#secrets.add(spelling);
  }

  /** For messages, reasons and headers. */
  text(text: string): string {
    return this.#cover(text, SHORTEST);
  }

  /** For bodies: only secrets that are too long to be there by chance. */
  body(text: string): string {
    return this.#cover(text, CERTAIN_LENGTH);
  }

  #cover(text: string, shortest: number): string {
    let covered = text;
    for (const secret of this.#secrets) {
      if (secret.length >= shortest) covered = covered.replaceAll(secret, COVER);
    }
    return covered;
  }
}

function secretsIn(value: unknown): string[] {
  if (value instanceof Secret) return [value.reveal()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsIn);
}

/** The body with the values at some paths covered; that there is a value can still be seen. */
export function withoutSecrets(body: JsonValue, paths: readonly string[]): JsonValue {
  return paths.reduce<JsonValue>(
    (covered, path) =>
      coverAt(
        covered,
        pathSteps(path).map(({ key }) => key),
      ),
    body,
  );
}

function coverAt(value: JsonValue, [key, ...further]: readonly string[]): JsonValue {
  if (key === undefined) return value === null ? null : COVER;
  if (isList(value)) return value.map((item) => coverAt(item, [key, ...further]));
  if (!isRecord(value)) return value;
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  if (inner === undefined) return value;
  return { ...value, [key]: coverAt(inner, further) } satisfies JsonRecord;
}
