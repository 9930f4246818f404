import { stripVTControlCharacters } from 'node:util';

/** Behind the verb of a line. */
const INDENT = ' '.repeat(12);
/** A word with the blanks before it; a duration, `[  0.74s]`, is part of one. */
const WORD = /( *)((?:\[ +|[^ ])+)/g;

interface Cell {
  readonly gap: string;
  readonly words: readonly string[];
}

/**
 * Breaks a line that is wider than a screen: between its columns, which two blanks separate, and where a column is too
 * wide for a row of its own between its words. Colours count nothing; a word that is wider than the screen stays whole.
 */
export function foldLine(line: string, width: number): string[] {
  if (visibleLength(line) <= width) return [line];
  const rows: string[] = [];
  let row = '';
  const place = (gap: string, text: string) => {
    const longer = `${row}${gap}${text}`;
    if (row === '' || visibleLength(longer) <= width) {
      row = longer;
      return;
    }
    rows.push(row);
    row = `${INDENT}${text}`;
  };
  for (const { gap, words } of cellsOf(line)) {
    const cell = words.join(' ');
    const before = row === '' ? gap : INDENT;
    if (visibleLength(`${before}${cell}`) <= width) place(gap, cell);
    else for (const [index, word] of words.entries()) place(index === 0 ? gap : ' ', word);
  }
  return [...rows, row];
}

function cellsOf(line: string): readonly Cell[] {
  const cells: { gap: string; words: string[] }[] = [];
  for (const [, gap = '', word = ''] of line.matchAll(WORD)) {
    const cell = cells.at(-1);
    if (cell !== undefined && gap.length === 1) cell.words.push(word);
    else cells.push({ gap, words: [word] });
  }
  return cells;
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
