import type { Code } from '../kernel/codes.ts';
import { CODES } from '../kernel/codes.ts';
import { CortexError } from '../kernel/errors.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { unknownCode } from './messages.ts';
import { wrapped } from './wrap-text.ts';

/** `cortex explain CX2101`: what a code means and what to do about it. */
export const explain: CommandBody = async ({ arguments: [wanted = ''], world }) => {
  const code = findCode(wanted);
  if (code === undefined) {
    const known = Object.entries(CODES).flatMap(([name, entry]) => [name, entry.slug]);
    throw new CortexError([unknownCode(wanted, known)]);
  }
  const { slug, severity, title, explain: text } = CODES[code];
  world.stdout.write(`${code} ${slug} (${severity})\n${title}\n\n${wrapped(text, 80)}\n`);
  return EXIT.good;
};

function findCode(wanted: string): Code | undefined {
  const name = wanted.toUpperCase();
  const codes = Object.keys(CODES) as Code[];
  return codes.find((code) => code === name || CODES[code].slug === wanted.toLowerCase());
}
