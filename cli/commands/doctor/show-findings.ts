import { plural } from '../../kernel/format.ts';
import { textTable } from '../../report/table.ts';
import type { ProjectSession } from '../session.ts';
import { wrapped } from '../wrap-text.ts';
import type { Finding } from './finding.ts';
import { AREAS } from './finding.ts';

const WIDEST_COLUMN = 72;
const COLUMNS = ['area', 'check', 'status', 'found'];

/**
 * A table of all findings, and below it what to do about each that is not well; `--quiet` leaves out those that are.
 * With `--json` each finding is an object on a line of its own.
 */
export function showFindings(session: ProjectSession, findings: readonly Finding[]): void {
  const sorted = AREAS.flatMap((area) => findings.filter((finding) => finding.area === area));
  if (session.flags.json) {
    for (const finding of sorted) session.print(JSON.stringify(finding));
    return;
  }
  const bad = sorted.filter(({ status }) => status !== 'ok');
  const shown = session.flags.quiet ? bad : sorted;
  if (shown.length > 0) {
    const rows = shown.map(({ area, name, status, detail }) => ({
      area,
      check: name,
      status,
      found: detail,
    }));
    session.print(textTable(COLUMNS, rows, { widestColumn: WIDEST_COLUMN }));
  }
  for (const finding of bad) session.print(`\n${whatToDo(finding)}`);
  session.note(`\n${verdict(findings)}`);
}

function whatToDo({ area, name, status, detail, hint = '' }: Finding): string {
  return `${status}  ${area}: ${name}\n${indented(detail)}\n${indented(hint)}`;
}

function indented(text: string): string {
  return wrapped(text, 90)
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}

function verdict(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) =>
    findings.filter((finding) => finding.status === status).length;
  const [wrong, doubtful] = [count('fail'), count('warn')];
  if (wrong + doubtful === 0) return `all is well: ${plural(findings.length, 'check')}`;
  return `${plural(wrong, 'thing')} wrong, ${plural(doubtful, 'warning')}, of ${plural(findings.length, 'check')}`;
}
