import { describeNode } from '../events/describe-node.ts';
import { isWithheld } from '../events/is-withheld.ts';
import type { Action, EmitEvent } from '../events/run-event.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult, NodeStatus, TestStatus } from '../manifest/run-result.ts';
import { relationSql } from '../sql/identifier.ts';

/** How a node or test went, before it is a result. */
export interface Finding {
  readonly status: NodeStatus | TestStatus;
  readonly message: string;
  readonly compiledSql?: string | undefined;
  readonly rows?: number | undefined;
  readonly failures?: number | undefined;
}

/** When something began, on both clocks. */
export interface Start {
  readonly at: number;
  readonly monotonic: number;
  readonly thread: string;
}

export interface NodeFinding extends Finding {
  readonly action: Action;
  readonly tests: { readonly passed: number; readonly run: number };
}

/** Turns findings into results and events, and keeps count. */
export class Reporting {
  readonly results: NodeResult[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Nodes that were built and not published, because a test failed. */
  readonly withheld = new Set<NodeId>();
  readonly #emit: EmitEvent;
  readonly #clock: Clock;
  readonly #total: number;
  #finished = 0;

  constructor(emit: EmitEvent, clock: Clock, total: number) {
    this.#emit = emit;
    this.#clock = clock;
    this.#total = total;
  }

  start(worker: number): Start {
    return {
      at: this.#clock.now(),
      monotonic: this.#clock.monotonic(),
      thread: `Thread-${worker + 1}`,
    };
  }

  started(node: ManifestNode): void {
    this.#emit({ type: 'nodeStarted', node: describeNode(node) });
  }

  problems(found: readonly Diagnostic[]): void {
    this.diagnostics.push(...found);
    for (const diagnostic of found) this.#emit({ type: 'diagnostic', diagnostic });
  }

  waiting(node: NodeId | undefined, reason: string): void {
    this.#emit({ type: 'waiting', reason, ...(node === undefined ? {} : { node }) });
  }

  /** The result of a node as it stands now; it counts once `nodeFinished` reports it. */
  resultOf(node: ManifestNode, start: Start | undefined, finding: Finding): NodeResult {
    const { status, message, compiledSql, rows, failures } = finding;
    return {
      id: node.id,
      status,
      message,
      ms: start === undefined ? 0 : this.#clock.monotonic() - start.monotonic,
      thread: start?.thread ?? '',
      adapterResponse: rows === undefined ? {} : { _message: message, rows_affected: rows },
      ...(start === undefined ? {} : { startedAt: start.at, finishedAt: this.#clock.now() }),
      ...(failures === undefined ? {} : { failures }),
      ...(rows === undefined ? {} : { rows }),
      ...('relation' in node && node.resourceType !== 'test'
        ? { relationName: relationSql(node.relation) }
        : {}),
      ...(compiledSql === undefined ? {} : { compiledSql }),
    };
  }

  nodeFinished(
    node: ManifestNode,
    result: NodeResult,
    details: Pick<NodeFinding, 'action' | 'tests'> & { readonly because?: NodeId | undefined },
  ): void {
    if (node.resourceType !== 'exposure') this.#finished += 1;
    this.results.push(result);
    if (isWithheld({ result, ...details })) this.withheld.add(node.id);
    this.#emit({
      type: 'nodeFinished',
      node: describeNode(node),
      result,
      action: details.action,
      tests: details.tests,
      index: this.#finished,
      total: this.#total,
      ...(details.because === undefined ? {} : { because: details.because }),
    });
  }

  testFinished(test: ManifestNode, result: NodeResult, owner?: NodeId): void {
    this.results.push(result);
    this.#emit({ type: 'testFinished', node: describeNode(test, owner), result });
  }

  /** A test or node that never started. */
  notRun(
    node: ManifestNode,
    status: 'skipped' | 'cancelled',
    message: string,
    because?: NodeId,
  ): void {
    const result = this.resultOf(node, undefined, { status, message });
    if (isTest(node)) return this.testFinished(node, result);
    this.nodeFinished(node, result, { action: 'none', tests: { passed: 0, run: 0 }, because });
  }
}

export function isTest(node: ManifestNode): boolean {
  return node.resourceType === 'test' || node.resourceType === 'unit_test';
}
