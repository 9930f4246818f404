import { cleaned } from '../identity/text.ts';

/** Meta's helpers add a point and eight characters to the cookie. */
const COOKIE = /^fb\.\d\.(\d{10,13})\.([^.\s]+)(?:\.[\w-]{8})?$/;

export interface FacebookClick {
  readonly cookie: string | null | undefined;
  readonly fbclid: string | null | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly clickedAt: number | undefined;
}

/**
 * `fbc` as it is sent. The stored cookie stands as it is, unless another click was seen after it; without a
 * usable cookie it is made of the click id and its time. A click id is case sensitive and never changed.
 */
export function facebookClickId({ cookie, fbclid, clickedAt }: FacebookClick): string | undefined {
  const stored = cleaned(cookie);
  const [whole, createdAt = '', storedClick] = COOKIE.exec(stored ?? '') ?? [];
  const made =
    cleaned(fbclid) === undefined || clickedAt === undefined
      ? undefined
      : `fb.1.${clickedAt}.${fbclid}`;
  if (whole === undefined) return made;
  const isNewer = clickedAt !== undefined && clickedAt > Number(createdAt);
  return made !== undefined && isNewer && storedClick !== fbclid ? made : whole;
}
