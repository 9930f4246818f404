/** Wraps a text in the codes of a colour. */
type Paint = (text: string) => string;

/** ANSI colours by meaning. Off, every function answers with its text unchanged. */
export interface Style {
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
  readonly accent: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
}

export function createStyle(enabled: boolean): Style {
  const paint = (open: number, close: number) => (text: string) =>
    enabled && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    good: paint(32, 39),
    warn: paint(33, 39),
    bad: paint(31, 39),
    accent: paint(36, 39),
    dim: paint(2, 22),
    bold: paint(1, 22),
  };
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** What decides whether a stream gets colours and a live window. */
export interface TerminalFacts {
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `--color` first, then `NO_COLOR`, then `FORCE_COLOR`, then whether a person watches. */
export function wantsColor(
  choice: ColorChoice,
  { isTerminal, environment }: TerminalFacts,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(environment['NO_COLOR'])) return false;
  if (isSet(environment['FORCE_COLOR'])) return environment['FORCE_COLOR'] !== '0';
  return isTerminal && environment['TERM'] !== 'dumb';
}

/** A window that redraws itself is for people only: never in CI, in a dumb terminal or by request. */
export function wantsWindow({ isTerminal, environment }: TerminalFacts): boolean {
  const forbidden = environment['TERM'] === 'dumb' || isSet(environment['CI']);
  return isTerminal && !forbidden && !isSet(environment['CORTEX_NO_PROGRESS']);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
