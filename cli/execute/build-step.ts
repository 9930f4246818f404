import type { CompileContext } from '../compile/context.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { CancelledError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import type { ModelNode, SeedNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import { buildNames } from '../sql/build-names.ts';
import type { Step } from '../plan/plan.ts';
import { relationSql } from '../sql/identifier.ts';
import type { Audit } from './audit.ts';
import { audit, NO_AUDIT } from './audit.ts';
import { buildModel, buildSeed } from './build-version.ts';
import { commit } from './commit.ts';
import { describeFailure } from './failure.ts';
import { columnsMeant, relationNames } from './names-meant.ts';
import { keepsContents } from './messages.ts';
import { hooksAt, runHooks } from './hooks.ts';
import { grantStatements } from './grants.ts';
import { notePasses, passesOf } from './passes.ts';
import { Progress } from './progress.ts';
import { publish } from './publish.ts';
import type { NodeFinding, Start } from './reporting.ts';
import { isLost, withRetries } from './retry.ts';
import type { RunTools } from './run-tools.ts';
import { publishOptions, stepSession } from './run-tools.ts';
import type { StepContext } from './run-steps.ts';
import type { StepEnd } from './schedule.ts';
import type { StepSession } from './step-session.ts';
import type { Swap } from '../warehouse/swap.ts';
import { dropAnySql } from '../warehouse/swap.ts';
import type { Version } from './version.ts';

/** A model or seed on its way: built beside what is published, audited, published. */
export class BuildStep {
  readonly #step: Step;
  readonly #node: ModelNode | SeedNode;
  readonly #context: StepContext;
  readonly #tools: RunTools;
  readonly #start: Start;
  readonly #progress: Progress;
  #session: StepSession | undefined;
  #audit: Audit = NO_AUDIT;
  #isAudited = false;
  #hasWarned = false;
  #isPublished = false;

  constructor(step: Step, node: ModelNode | SeedNode, context: StepContext, tools: RunTools) {
    this.#step = step;
    this.#node = node;
    this.#context = context;
    this.#tools = tools;
    this.#start = tools.reporting.start(context.worker);
    this.#progress = new Progress(tools.runtime.database, tools.runtime.emit, {
      id: node.id,
      expectedRows: tools.state.history.get(node.id)?.rows,
    });
  }

  /** Never throws for what the step did: a failure is reported and part of the answer. */
  async run(): Promise<StepEnd> {
    this.#tools.reporting.started(this.#node);
    try {
      const version = await this.#buildWithRetries();
      return await this.#bringOut(version);
    } catch (error) {
      return await this.#fail(error);
    } finally {
      this.#progress.stop();
    }
  }

  async #buildWithRetries(): Promise<Version> {
    const { runtime, signal, reporting } = this.#tools;
    return withRetries(async () => this.#build(), {
      clock: runtime.clock,
      signal,
      isRepeatable: this.#hasNoHooks(),
      undo: async (error) => this.#undo(error),
      onWait: (reason) => reporting.waiting(this.#node.id, reason),
    });
  }

  /** True when nothing of the project's own was done in the session before the tests. */
  #hasNoHooks(): boolean {
    return (['before', 'built'] as const).every(
      (moment) => hooksAt(this.#node, moment).length === 0,
    );
  }

  async #build(): Promise<Version> {
    const session = await this.#open();
    const { state, runtime, signal } = this.#tools;
    const context = {
      runtime,
      state,
      signal,
      onProgress: (rows: number) => this.#progress.rows(rows),
      onWarnings: (found: readonly Diagnostic[]) => this.#warn(found),
    };
    await runHooks(this.#node, 'before', session, state.compileContext());
    const version =
      this.#node.resourceType === 'seed'
        ? await buildSeed(this.#node, session, context)
        : await buildModel(this.#node, session, context);
    this.#progress.stop();
    await runHooks(this.#node, 'built', session, this.#seenAs(version));
    return version;
  }

  /** Once, however often the building is tried. */
  #warn(found: readonly Diagnostic[]): void {
    if (!this.#hasWarned) this.#tools.reporting.problems(found);
    this.#hasWarned = true;
  }

  /** Tests, then publishes; the other way round where the node asks for it. */
  async #bringOut(version: Version): Promise<StepEnd> {
    const isPublishedFirst =
      this.#node.config.write_audit_publish === false &&
      this.#tools.runtime.options.publish === 'each';
    if (isPublishedFirst) {
      await this.#publish(version);
      await this.#test({ ...version, kind: 'shadow', relation: this.#node.relation }, [
        'its new version was published before its tests (`write_audit_publish: false`)',
      ]);
      await this.#afterPublishing();
      return this.#end(
        version,
        this.#audit.failed.length === 0 ? undefined : 'published, then tested',
      );
    }
    await this.#test(version, this.#notesFor(version));
    if (this.#audit.failed.length > 0) return this.#keepBack(version);
    if (this.#tools.runtime.options.publish === 'all') return this.#await(version);
    await this.#publish(version);
    await this.#afterPublishing();
    return this.#end(version, undefined);
  }

  async #test(version: Version, notes: readonly string[]): Promise<void> {
    const session = await this.#open();
    this.#isAudited = true;
    this.#audit = await audit(this.#step.tests, {
      tools: this.#tools,
      session,
      context: this.#context,
      compileContext: this.#seenAs(version),
      isInTransaction: version.kind === 'transaction',
      isSeenByOthers: version.kind !== 'transaction' && this.#hasNoHooks(),
      notes,
      owner: this.#node,
      passes: passesOf(this.#node, version, this.#tools),
    });
    if (version.kind !== 'transaction') await this.#storeFailures();
  }

  #notesFor(version: Version): readonly string[] {
    const { relation } = this.#node;
    const isNew = this.#tools.state.standing(relation) === undefined;
    return [
      isNew ? `\`${relation.name}\` was not published` : keepsContents(relation),
      ...(version.kind === 'shadow'
        ? [`the tested version is kept as \`${version.relation.name}\``]
        : ['the transaction was rolled back']),
    ];
  }

  async #keepBack(version: Version): Promise<StepEnd> {
    const { state, runtime } = this.#tools;
    state.columnsAre(this.#node.id, undefined);
    if (version.kind === 'transaction') {
      await this.#session?.finish('rollback');
      await this.#storeFailures();
    } else {
      await state.store.keepRelation(version.relation, this.#node.id, runtime.database.runId);
    }
    await this.#viewFailures(this.#seenAs(version));
    const failed = plural(this.#audit.failed.length, 'test');
    const where = version.kind === 'shadow' ? `; see \`${version.relation.name}\`` : '';
    return this.#end({ ...version, action: 'none' }, `not published: ${failed} failed${where}`);
  }

  async #await(version: Version): Promise<StepEnd> {
    const { state, awaiting } = this.#tools;
    await this.#notePasses(NO_AUDIT.passes);
    state.awaitsPublishing(this.#node.id, version.relation);
    awaiting.push({
      step: this.#step,
      version,
      result: this.#result(version, undefined),
      finding: { action: version.action, tests: this.#testCounts() },
      viewsLater: this.#audit.viewsLater,
    });
    return { status: 'success', passed: true };
  }

  async #publish(version: Version): Promise<void> {
    const { passes } = this.#audit;
    if (version.kind === 'transaction') {
      await this.#notePasses(passes);
      await this.#commit();
    } else {
      // A rename is in no transaction: at no time is more noted than is true.
      await this.#notePasses(NO_AUDIT.passes);
      const swap = swapOf(this.#node, version, this.#tools);
      await publish([swap], publishOptions(this.#tools, this.#node.id));
      this.#isPublished = true;
      if (passes.size > 0) await this.#notePasses(passes);
    }
    this.#isPublished = true;
  }

  async #notePasses(passes: Audit['passes']): Promise<void> {
    await notePasses(this.#node, passes, await this.#open(), this.#tools);
  }

  async #commit(): Promise<void> {
    const { runtime, sessions } = this.#tools;
    const { database, clock } = runtime;
    const session = await this.#open();
    const end = await commit(session, { node: this.#node.id, database, clock });
    if (end === 'lost') await sessions.discard(this.#context.worker);
  }

  async #afterPublishing(): Promise<void> {
    const session = await this.#open();
    await this.#storeFailures();
    const context = this.#tools.state.compileContext();
    await this.#viewFailures(context);
    for (const grant of grantStatements(this.#node)) await session.execute(grant);
    await runHooks(this.#node, 'after', session, context);
  }

  async #storeFailures(): Promise<void> {
    const { storeLater } = this.#audit;
    this.#audit = { ...this.#audit, storeLater: [] };
    for (const store of storeLater) await store();
  }

  async #viewFailures(context: CompileContext): Promise<void> {
    for (const view of this.#audit.viewsLater) await view(context);
  }

  #end(version: Version, message: string | undefined): StepEnd {
    const result = this.#result(version, message);
    this.#tools.reporting.nodeFinished(this.#node, result, {
      action: version.action,
      tests: this.#testCounts(),
    });
    return { status: 'success', passed: this.#audit.failed.length === 0 };
  }

  #testCounts(): NodeFinding['tests'] {
    const { passed, run } = this.#audit;
    return { passed, run };
  }

  #result(version: Version, message: string | undefined): NodeResult {
    return this.#tools.reporting.resultOf(this.#node, this.#start, {
      status: 'success',
      message: message ?? version.action.toUpperCase(),
      rows: version.rows,
      compiledSql: version.compiledSql,
    });
  }

  async #fail(error: unknown): Promise<StepEnd> {
    const { reporting, signal } = this.#tools;
    await this.#undo(error);
    const isCancelled = error instanceof CancelledError || signal.aborted;
    const status = isCancelled ? 'cancelled' : 'error';
    const problems = isCancelled ? [] : await this.#describe(error);
    reporting.problems(problems);
    const message = problems[0]?.message ?? 'cancelled';
    const result = reporting.resultOf(this.#node, this.#start, { status, message });
    if (!this.#isAudited) this.#skipTests(isCancelled);
    reporting.nodeFinished(this.#node, result, { action: 'none', tests: this.#testCounts() });
    return { status, passed: false };
  }

  async #describe(error: unknown): Promise<readonly Diagnostic[]> {
    const { runtime, state } = this.#tools;
    const context = state.compileContext();
    return describeFailure(error, this.#node, this.#session, {
      columns: await columnsMeant(error, this.#node, { database: runtime.database, context }),
      tables: relationNames(runtime.graph.manifest),
      notes: this.#keepsPublished(error) ? [keepsContents(this.#node.relation)] : [],
    });
  }

  /** True when a failure has surely left what was published before. */
  #keepsPublished(error: unknown): boolean {
    const isStanding = this.#tools.state.standing(this.#node.relation) !== undefined;
    return isStanding && !this.#isPublished && !isLost(error);
  }

  #skipTests(isCancelled: boolean): void {
    const { reporting } = this.#tools;
    const status = isCancelled ? 'cancelled' : 'skipped';
    for (const { test } of this.#step.tests) {
      const finding = { status, message: `needs \`${this.#node.id}\`` } as const;
      reporting.testFinished(test, reporting.resultOf(test, undefined, finding), this.#node.id);
    }
  }

  /** Leaves nothing of the attempt behind. What cannot be dropped now is dropped by the next run. */
  async #undo(error: unknown): Promise<void> {
    this.#progress.stop();
    const { sessions } = this.#tools;
    if (isLost(error)) {
      await sessions.discard(this.#context.worker);
      this.#session = undefined;
    }
    const { shadow } = buildNames(this.#node.relation);
    try {
      const connection = await sessions.forWorker(this.#context.worker);
      const statements = [
        'rollback',
        ...dropAnySql(shadow),
        ...dropAnySql(buildNames(shadow).shadow),
        ...[this.#node.relation, shadow].map(dropBatchSql),
      ];
      for (const sql of statements) await connection.execute(sql, { node: this.#node.id });
    } catch {
      await sessions.discard(this.#context.worker);
    }
  }

  #seenAs(version: Version): ReturnType<RunTools['state']['compileContext']> {
    return this.#tools.state.compileContext({ id: this.#node.id, relation: version.relation });
  }

  async #open(): Promise<StepSession> {
    const connection = await this.#tools.sessions.forWorker(this.#context.worker);
    if (this.#session?.connection !== connection) {
      this.#session = stepSession(this.#tools, this.#node.id, connection, this.#progress);
    }
    return this.#session;
  }
}

/** The batch is a temporary table of the session: it outlives a rollback. */
function dropBatchSql(relation: Relation): string {
  return `drop temporary table if exists ${relationSql(buildNames(relation).batch)}`;
}

/** How a version takes the place of what stood there when the run began. */
export function swapOf(node: ModelNode | SeedNode, version: Version, tools: RunTools): Swap {
  return {
    published: node.relation,
    shadow: version.relation,
    old: buildNames(node.relation).old,
    currentKind: tools.state.standing(node.relation)?.kind,
  };
}
