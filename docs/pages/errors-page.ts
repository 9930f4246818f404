import type { Code } from '../../cli/kernel/codes.ts';
import { CODES } from '../../cli/kernel/codes.ts';

/** `docs/errors.md`: every code, what it means and what to do. */
export function errorsPage(): string {
  const codes = (Object.keys(CODES) as Code[]).toSorted();
  const rows = codes.map(
    (code) =>
      `| [${code}](#${code.toLowerCase()}-${CODES[code].slug}) | ${CODES[code].slug} | ${CODES[code].severity} | ${CODES[code].title} |`,
  );
  const sections = codes.map(
    (code) =>
      `## ${code} ${CODES[code].slug}\n\n**${CODES[code].title}.** ${CODES[code].explain}\n`,
  );
  return [
    '# Messages',
    '',
    'Written from the code by `npm run docs`. `cortex explain CX2101` prints one of them.',
    '',
    '| code | name | severity | what it says |',
    '|---|---|---|---|',
    ...rows,
    '',
    sections.join('\n'),
  ].join('\n');
}
