import type { NodeDescription } from '../events/run-event.ts';
import { formatDuration } from '../kernel/format.ts';
import { CODES } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { SourceTexts } from '../kernel/span.ts';
import { positionAt } from '../kernel/span.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import { elapsed } from './summary.ts';
import type { Output, Reporter } from './reporter.ts';

/** Annotates the files of a pull request, and adds a table to the summary page of the job. */
export function githubReporter(
  output: Output,
  texts: SourceTexts,
  appendSummary: (markdown: string) => void,
): Reporter {
  const ended: { readonly node: NodeDescription; readonly result: NodeResult }[] = [];
  return {
    report(event) {
      if (event.type === 'diagnostic') output.write(`${annotation(event.diagnostic, texts)}\n`);
      if (event.type === 'nodeFinished' || event.type === 'testFinished') ended.push(event);
      if (event.type === 'runFinished') appendSummary(summaryTable(ended, event));
    },
    close() {},
  };
}

/** `::error file=models/a.sql,line=7,col=5,title=CX5101 unknown-column::…` */
function annotation(found: Diagnostic, texts: SourceTexts): string {
  const properties: string[] = [];
  const label = found.labels[0];
  if (label !== undefined) {
    properties.push(`file=${escapeProperty(label.span.file)}`);
    const text = texts.text(label.span.file);
    if (text !== undefined) {
      const { line, column } = positionAt(text, label.span.start);
      properties.push(`line=${line}`, `col=${column}`);
    }
  }
  properties.push(`title=${escapeProperty(`${found.code} ${CODES[found.code].slug}`)}`);
  const hint = found.hint === undefined ? '' : `\nhint: ${found.hint}`;
  return `::${found.severity} ${properties.join(',')}::${escapeMessage(found.message + hint)}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Problems first and in full; what went well only as a count. */
function summaryTable(
  ended: readonly { readonly node: NodeDescription; readonly result: NodeResult }[],
  verdict: { readonly status: string; readonly ms: number },
): string {
  const isGood = ({ result }: { result: NodeResult }) =>
    ['success', 'pass', 'no-op'].includes(result.status);
  const problems = ended.filter((one) => !isGood(one));
  const good = ended.length - problems.length;
  const rows = problems.map(
    ({ node, result }) =>
      `| ${cell(node.subject ?? node.name)} | ${node.kind} | ${result.status} | ${formatDuration(result.ms).trim()} | ${cell(result.message)} |`,
  );
  const table =
    rows.length === 0
      ? []
      : ['| node | kind | status | time | message |', '|---|---|---|---:|---|', ...rows, ''];
  return [
    `### Cortex: ${verdict.status}`,
    '',
    ...table,
    `${good} of ${ended.length} went well, in ${elapsed(verdict.ms)}.`,
    '',
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
