/**
 * Numbers of servers' errors that quote a value of a row: duplicate keys (1062, 1586, 1859), values of another type (1292,
 * 1366, 1411, 1525) and JSON (3140, 3141).
 */
const QUOTING: ReadonlySet<number> = new Set([
  1062, 1586, 1859, 1292, 1366, 1411, 1525, 3140, 3141,
]);

const QUOTED = [
  // Duplicate entry '…' for key 'PRIMARY'
  /(Duplicate entry )(')([\s\S]*)\2(?= for key ')/,
  // Incorrect integer value: '…' for column `n` at row 1; Truncated incorrect DOUBLE value: '…'
  /((?:value|text): )(['"])([\s\S]*)\2(?= for column | for function | in value | at position |$)/,
];

/** Days and times. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]*)?$/;
/** Numbers and amounts as people write them, `R$ 12,50`: too short to be a telephone number or a document. */
const AMOUNT = /^(?:[-+.,:%/ ]|R\$)*(?:\d(?:[-+.,:%/ ]|R\$)*){0,7}$/;

/**
 * A server's message without the values of rows in it: they may be an e-mail address or a number of a document,
 * and messages go to terminals, logs, artifacts and alerts. What is no text of a person stays.
 */
export function withoutValues(message: string, errno: number): string {
  if (!QUOTING.has(errno)) return message;
  return QUOTED.reduce(
    (text, pattern) =>
      text.replace(
        pattern,
        (_, before: string, quote: string, value: string) =>
          `${before}${quote}${shown(value)}${quote}`,
      ),
    message,
  );
}

function shown(value: string): string {
  return TIME.test(value) || AMOUNT.test(value)
    ? value
    : `…${Array.from(value).length} characters…`;
}
