/** One character, or `\t` written out. */
export function delimiterOf(text: string): string | undefined {
  const mark = text === '\\t' || text.toLowerCase() === 'tab' ? '\t' : text;
  return mark.length === 1 && !/["\r\n]/.test(mark) ? mark : undefined;
}
