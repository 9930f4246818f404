/**
 * Where the text that whitespace control left begins inside the text as written: Handlebars keeps
 * both but not the offset.
 */
export function visibleText(original: string, value: string): number {
  if (original.length === value.length) return 0;
  const lead = value.length - value.trimStart().length;
  if (lead < value.length) return original.length - original.trimStart().length - lead;
  // Of blank text only its first line and the blanks of its last line can be gone: `~` takes all of it.
  const isOnlyLastLineGone = value === original.slice(0, endOfLastBreak(original));
  return isOnlyLastLineGone ? 0 : (/^[ \t]*\r?\n?/.exec(original)?.[0].length ?? 0);
}

function endOfLastBreak(blank: string): number {
  let end = blank.length;
  while (end > 0 && ' \t'.includes(blank.charAt(end - 1))) end -= 1;
  return end;
}
