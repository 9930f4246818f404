import { CortexError } from '../kernel/errors.ts';
import { textTable } from '../report/table.ts';
import { readAlerts } from './alerts/read-alerts.ts';
import type { Evaluation, Finding } from './alerts/rules/evaluate-rules.ts';
import { ruleFigures } from './alerts/rules/rule-figures.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { keepLog } from './keep-log.ts';
import { loadGraph } from './load-graph.ts';
import { noMetricRules } from './messages.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/**
 * `cortex alerts check`: the last complete day by every metric rule. Ends with 1 where a rule could not be judged, and
 * with `--fail-on-alert` where a metric is out of range.
 */
export const alertsCheck: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { readRules } = await import('../project/alert-rules/read-rules.ts');
    const { manifest } = await loadGraph(session);
    const rules = session.check(readRules(session.project, manifest));
    if (rules.length === 0) throw new CortexError([noMetricRules()]);
    const { alertsDryRun, failOnAlert } = session.flags;
    const config = alertsDryRun ? undefined : readAlerts(session);
    const { lastCompleteDay } = await import('./alerts/rules/last-complete-day.ts');
    const { evaluateRules } = await import('./alerts/rules/evaluate-rules.ts');
    const { clock, signal } = session.world;
    const day = lastCompleteDay(session.project, clock.now());
    await keepLog(session);
    await using database = await openDatabase(session);
    const evaluation = await evaluateRules(database, rules, { day, signal });
    show(session, evaluation);
    if (config !== undefined) {
      const { tellFindings } = await import('./alerts/rules/tell-findings.ts');
      await tellFindings(session, database, config, evaluation.findings);
    }
    const isOut = evaluation.findings.some(isOutOfRange);
    return failOnAlert && isOut ? EXIT.failed : EXIT.good;
  });

function isOutOfRange({ judgement }: Finding): boolean {
  return judgement.verdict === 'out_of_range';
}

function show(session: ProjectSession, { findings, problems }: Evaluation): void {
  const figures = findings.map(ruleFigures);
  if (session.flags.json) {
    for (const one of figures) session.print(JSON.stringify({ type: 'metricJudged', ...one }));
  } else if (figures.length > 0) {
    const rows = figures.map((one) => ({
      rule: one.rule,
      dimension: one.dimension ?? '',
      day: one.day,
      value: one.value ?? '',
      expected: one.expected ?? '',
      'change %': one.change_pct ?? '',
      verdict: one.verdict.replaceAll('_', ' '),
    }));
    const columns = ['rule', 'dimension', 'day', 'value', 'expected', 'change %', 'verdict'];
    session.print(textTable(columns, rows));
  }
  session.report(problems);
}
