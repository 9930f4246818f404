/** The name of an encoding as decoders know it, or `undefined` for an unknown one. */
export function knownEncoding(name: string): string | undefined {
  const label = name.trim().toLowerCase().replaceAll('_', '-');
  try {
    return new TextDecoder(label === 'utf8mb4' ? 'utf-8' : label, { fatal: true }).encoding;
  } catch {
    return undefined;
  }
}

/** Text without its byte-order mark, or the line (counted from 1) that holds the first bad bytes. */
export function decodeText(
  bytes: Uint8Array,
  encoding: string,
): { readonly text: string } | { readonly badLine: number } {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { badLine: badLine(bytes, encoding) };
  }
}

/** The line, counted from 1, that holds the first bytes that are no text. */
export function badLine(bytes: Uint8Array, encoding: string): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start) + 1 || bytes.length;
    try {
      decoder.decode(bytes.subarray(start, end), { stream: end < bytes.length });
    } catch {
      break;
    }
    line += 1;
    start = end;
  }
  return line;
}
