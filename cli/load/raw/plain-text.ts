/** Longer texts are faster written by the engine. */
const LONGEST = 200;
/** Code units of the first character that UTF-8 writes with three bytes. */
const THREE_BYTES = 0x800;

/**
 * Writes a short text as UTF-8, character by character, which costs far less than a call of the engine. Tells where
 * it ends, or -1 for what it does not write: long texts, those with a control character, a backslash, the
 * character `special`, or one beyond two bytes. The place for twice the length has to be there.
 */
export function writePlainText(
  bytes: Uint8Array,
  start: number,
  text: string,
  special: number,
): number {
  const { length } = text;
  if (length > LONGEST) return -1;
  let at = start;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x5c || code === special || code >= THREE_BYTES) return -1;
    if (code < 0x80) {
      bytes[at] = code;
      at += 1;
    } else {
      bytes[at] = 0xc0 | (code >> 6);
      bytes[at + 1] = 0x80 | (code & 0x3f);
      at += 2;
    }
  }
  return at;
}
