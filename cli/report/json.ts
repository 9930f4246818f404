import type { NodeDescription, RunEvent } from '../events/run-event.ts';
import type { Clock } from '../kernel/clock.ts';
import { CODES } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { SourceTexts } from '../kernel/span.ts';
import { positionAt } from '../kernel/span.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { Output, Reporter } from './reporter.ts';

const SCHEMA_VERSION = 1;

export interface JsonOptions {
  readonly clock: Clock;
  readonly texts: SourceTexts;
  /** Id of the run, in every event. */
  readonly run: string;
  /** Code of the client, in every event of a run with `--client`. */
  readonly client?: string | undefined;
}

/** One JSON object a line for every event. Fields are only ever added while `v` stays. */
export function jsonReporter(output: Output, options: JsonOptions): Reporter {
  let sequence = 0;
  return {
    report(event) {
      sequence += 1;
      const at = new Date(options.clock.now()).toISOString();
      const envelope = {
        v: SCHEMA_VERSION,
        seq: sequence,
        at,
        run: options.run,
        ...(options.client === undefined ? {} : { client: options.client }),
        type: typeOf(event),
      };
      output.write(`${JSON.stringify({ ...envelope, ...fieldsOf(event, options.texts) })}\n`);
    },
    close() {},
  };
}

/** A test that ended is a finished node for machines. */
function typeOf(event: RunEvent): string {
  return event.type === 'testFinished' ? 'nodeFinished' : event.type;
}

function fieldsOf(event: RunEvent, texts: SourceTexts): Record<string, unknown> {
  switch (event.type) {
    case 'nodeStarted':
      return { node: event.node.id };
    case 'nodeFinished':
      return {
        ...nodeFields(event.node, event.result),
        action: event.action,
        index: event.index,
        total: event.total,
        tests: { passed: event.tests.passed, run: event.tests.run },
        ...(event.because === undefined ? {} : { because: event.because }),
      };
    case 'testFinished':
      return nodeFields(event.node, event.result);
    case 'diagnostic':
      return diagnosticFields(event.diagnostic, texts);
    case 'runFinished': {
      const { type: _type, nodes, ms, ...rest } = event;
      return { ...rest, ms: Math.round(ms), models: nodes };
    }
    case 'runStarted': {
      const { type: _type, widestName: _widestName, ...rest } = event;
      return rest;
    }
    case 'phaseFinished':
      return { phase: event.phase, ms: Math.round(event.ms), detail: event.detail };
    case 'nodeProgress':
    case 'waiting': {
      const { type: _type, ...rest } = event;
      return rest;
    }
  }
}

function nodeFields(node: NodeDescription, result: NodeResult): Record<string, unknown> {
  return {
    node: node.id,
    kind: node.resourceType,
    ...(node.resourceType === 'model' ? { materialized: node.kind } : {}),
    ...(node.relation === undefined ? {} : { relation: node.relation }),
    status: result.status,
    ms: Math.round(result.ms),
    ...(result.rows === undefined ? {} : { rows: result.rows }),
    ...(result.synced === undefined ? {} : { synced: result.synced }),
    ...(result.failures === undefined ? {} : { failures: result.failures }),
    ...(result.message === '' ? {} : { message: result.message }),
    ...(node.of === undefined ? {} : { of: node.of }),
  };
}

/** A diagnostic with places that need no file to be read: line, column and offset of each label. */
function diagnosticFields(found: Diagnostic, texts: SourceTexts): Record<string, unknown> {
  return {
    ...(found.node === undefined ? {} : { node: found.node }),
    code: found.code,
    slug: CODES[found.code].slug,
    severity: found.severity,
    message: found.message,
    labels: found.labels.map(({ span, text }) => {
      const source = texts.text(span.file);
      const places =
        source === undefined
          ? {}
          : { start: positionAt(source, span.start), end: positionAt(source, span.end) };
      return { file: span.file, ...places, ...(text === undefined ? {} : { text }) };
    }),
    notes: found.notes,
    ...(found.hint === undefined ? {} : { hint: found.hint }),
  };
}
