import type { NodeDescription, RunEvent } from '../events/run-event.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { Reporter } from './reporter.ts';

interface Case {
  readonly node: NodeDescription;
  readonly result: NodeResult;
}

/** Collects the run and writes one JUnit file at its end. */
export function junitReporter(write: (xml: string) => void | Promise<void>): Reporter {
  const cases: Case[] = [];
  let ms = 0;
  let hasRun = false;
  return {
    report(event: RunEvent) {
      if (event.type === 'nodeFinished' || event.type === 'testFinished') cases.push(event);
      if (event.type === 'runFinished') {
        ms = event.ms;
        hasRun = true;
      }
    },
    async close() {
      if (hasRun) await write(junitXml(cases, ms));
    },
  };
}

/** Nodes and tests as test cases; a warning passes, what it said stands in `system-out`. */
function junitXml(cases: readonly Case[], ms: number): string {
  const count = (statuses: readonly string[]) =>
    cases.filter(({ result }) => statuses.includes(result.status)).length;
  const totals = [
    `tests="${cases.length}"`,
    `failures="${count(['fail'])}"`,
    `errors="${count(['error'])}"`,
    `skipped="${count(['skipped', 'cancelled'])}"`,
    `time="${seconds(ms)}"`,
  ].join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="cortex" ${totals}>`,
    ...cases.map(caseXml),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseXml({ node, result }: Case): string {
  const attributes = `classname="${escapeXml(node.kind)}" name="${escapeXml(node.name)}" time="${seconds(result.ms)}"`;
  const body = caseBody(result);
  return body === ''
    ? `    <testcase ${attributes}/>`
    : `    <testcase ${attributes}>${body}</testcase>`;
}

function caseBody(result: NodeResult): string {
  const message = escapeXml(result.message);
  switch (result.status) {
    case 'fail':
      return `<failure message="${message}"/>`;
    case 'error':
      return `<error message="${message}"/>`;
    case 'skipped':
    case 'cancelled':
      return `<skipped message="${message}"/>`;
    case 'warn':
    case 'partial':
      return `<system-out>${message}</system-out>`;
    case 'success':
    case 'pass':
    case 'no-op':
      return '';
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Escapes markup and drops the control characters that XML 1.0 cannot hold. */
function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- these are the characters to drop
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
  );
}
