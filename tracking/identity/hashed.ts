import { sha256 } from '../../cli/kernel/hash.ts';
import { cleaned } from './text.ts';

const SHA_256 = /^[0-9a-f]{64}$/i;

/** An identifier as a platform wants it: what is hashed, and the hash. */
export interface Normalized {
  /** Never leaves the machine where `hash` is given. */
  readonly text: string;
  /** SHA-256 in lower-case hex of the UTF-8 text. */
  readonly hash: string;
  /** The value came as a hash already, and is passed on. */
  readonly isHashed: boolean;
}

/** Normalises and hashes a value; `undefined` where it names nobody. 64 hex digits are a hash already. */
export function hashedValue(
  value: string | null | undefined,
  normalize: (text: string) => string | undefined,
): Normalized | undefined {
  const text = cleaned(value);
  if (text === undefined) return undefined;
  if (SHA_256.test(text)) {
    const hash = text.toLowerCase();
    return { text: hash, hash, isHashed: true };
  }
  const normal = normalize(text);
  return normal === undefined ? undefined : { text: normal, hash: sha256(normal), isHashed: false };
}
