import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { showFindings } from './doctor/show-findings.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { withProject } from './session.ts';

/**
 * `cortex doctor`: everything that keeps a client's figures from being right and of today, and what to do about it.
 * 1 where something is wrong; warnings count with `--warn-error` only. Changes nothing.
 */
export const doctor: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const findings: Finding[] = [];
    for await (const finding of examine(session)) findings.push(finding);
    showFindings(session, findings);
    const bad = session.flags.warnError ? ['fail', 'warn'] : ['fail'];
    return findings.some(({ status }) => bad.includes(status)) ? EXIT.failed : EXIT.good;
  });
