import { join, resolve } from 'node:path';
import type { RunEvent } from '../events/run-event.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { CancelledError, CortexError } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { hasErrors } from '../kernel/outcome.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { SourceTexts } from '../kernel/span.ts';
import { readText } from '../platform/fs.ts';
import { randomId } from '../platform/ids.ts';
import { cortexVersion } from '../platform/version.ts';
import { findProjectDirectory, loadProject } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import type { Reporter } from '../report/reporter.ts';
import { allReporters } from '../report/reporter.ts';
import { createReporters } from './create-reporter.ts';
import type { Flags } from './flags.ts';
import type { Invocation, World } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { resolveFlags } from './resolve-flags.ts';
import { TextSources } from './text-sources.ts';
import { unexpectedError } from './unexpected-error.ts';
import { applyWarningPolicy } from './warning-policy.ts';

/** What a command works with. Made once per call by `withSession`, which also closes it. */
export class Session {
  readonly runId = randomId();
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly texts = new TextSources();
  readonly world: World;
  /** Words after `cortex`. */
  readonly command: string;
  readonly flags: Flags;
  readonly #reporters: Reporter[];
  #hasErrors = false;

  constructor(invocation: Invocation, flags: Flags, resultsPath?: string) {
    this.world = invocation.world;
    this.command = invocation.command.name;
    this.flags = flags;
    this.startedAt = invocation.world.clock.now();
    this.#reporters = createReporters(invocation, {
      flags,
      texts: this.texts,
      runId: this.runId,
      ...(resultsPath === undefined ? {} : { resultsPath }),
    });
    const { observe } = invocation;
    if (observe !== undefined) this.addReporter({ report: observe, close: () => undefined });
  }

  /** True once an error was reported, raised warnings included. */
  get hasErrors(): boolean {
    return this.#hasErrors;
  }

  /** Adds something that reads the events to come. */
  addReporter(reporter: Reporter): void {
    this.#reporters.push(reporter);
  }

  readonly emit = (event: RunEvent): void => {
    const shown = event.type === 'diagnostic' ? this.#judged(event.diagnostic) : event;
    if (shown !== undefined) allReporters(this.#reporters).report(shown);
  };

  report(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.emit({ type: 'diagnostic', diagnostic });
  }

  /** The value of a phase; its warnings are reported, its errors end the command. */
  check<T>(found: Outcome<T>): T {
    const judged = found.diagnostics.flatMap((one) => applyWarningPolicy(one, this.flags) ?? []);
    if (hasErrors(judged)) throw new CortexError(judged);
    this.report(judged);
    return found.value;
  }

  /** Writes a line of data. */
  print(line: string): void {
    this.world.stdout.write(`${line}\n`);
  }

  /** Tells people something beside a run: quiet and JSON keep it back. */
  note(text: string): void {
    if (!this.flags.quiet && !this.flags.json) this.world.stderr.write(`${text}\n`);
  }

  async close(): Promise<void> {
    await allReporters(this.#reporters).close();
  }

  #judged(diagnostic: Diagnostic): RunEvent | undefined {
    const judged = applyWarningPolicy(diagnostic, this.flags);
    this.#hasErrors ||= judged?.severity === 'error';
    return judged && { type: 'diagnostic', diagnostic: judged };
  }
}

/** A session inside a project. */
export class ProjectSession extends Session {
  readonly project: Project;
  readonly #targetFolder: string;

  constructor(invocation: Invocation, flags: Flags, project: Project) {
    super(invocation, flags, `${project.targetPath}/run_results.json`);
    this.project = project;
    this.#targetFolder = resolve(project.directory, project.targetPath);
    this.texts.add(project.texts);
  }

  /** Absolute path of a file below the target path. */
  targetFile(...parts: string[]): string {
    return join(this.#targetFolder, ...parts);
  }
}

/** Runs a body that needs no project; whatever goes wrong is reported and becomes an exit code. */
export async function withSession(
  invocation: Invocation,
  body: (session: Session) => Promise<number>,
): Promise<number> {
  const { given, command, world } = invocation;
  const flags = resolveFlags({ keys: command.flags, given, environment: world.environment });
  const session = new Session(invocation, flags.value);
  return guarded(session, async () => {
    session.check(flags);
    return body(session);
  });
}

/** Loads the project, then runs the body; whatever goes wrong is reported and becomes an exit code. */
export async function withProject(
  invocation: Invocation,
  body: (session: ProjectSession) => Promise<number>,
): Promise<number> {
  const { given, command, world } = invocation;
  const early = resolveFlags({ keys: command.flags, given, environment: world.environment });
  if (hasErrors(early.diagnostics)) return withSession(invocation, async () => EXIT.unusable);
  const loaded = await loadFor(invocation, early.value).catch((error: unknown) => error as Error);
  if (loaded instanceof Error || loaded.value === undefined) {
    return withSession(invocation, async (session) => {
      if (loaded instanceof Error) throw loaded;
      session.texts.add(filesOfProject(resolve(world.directory, early.value.projectDir ?? '.')));
      session.report(loaded.diagnostics);
      return EXIT.unusable;
    });
  }
  const project = loaded.value;
  const flags = resolveFlags({
    keys: command.flags,
    given,
    environment: project.environment,
    project: project.flags,
  });
  const session = new ProjectSession(invocation, flags.value, project);
  return guarded(session, async () => {
    session.check({ value: undefined, diagnostics: [...loaded.diagnostics, ...flags.diagnostics] });
    return body(session);
  });
}

async function loadFor({ world }: Invocation, flags: Flags): Promise<Outcome<Project | undefined>> {
  const loaded = await loadProject({
    projectDir: resolve(world.directory, flags.projectDir ?? '.'),
    targetName: flags.target,
    clientCode: flags.client,
    vars: flags.vars,
    targetPath: flags.targetPath,
    threads: flags.threads,
    environment: world.environment,
    usesCache: flags.partialParse,
    cortexVersion: cortexVersion(),
  });
  if (flags.client === undefined || loaded.value === undefined) return loaded;
  const { clientClaims, sharedDatabases } = await import('../project/clients/shared-databases.ts');
  const { directory } = loaded.value;
  const { environment } = world;
  const claims = await clientClaims({ directory, targetName: flags.target, environment });
  const shared = sharedDatabases(claims, flags.client);
  return { value: loaded.value, diagnostics: [...loaded.diagnostics, ...shared] };
}

/** Files of a project that could not be loaded: frames of its problems still show them. */
function filesOfProject(start: string): SourceTexts {
  const directory = findProjectDirectory(start) ?? start;
  return { text: (file) => readText(resolve(directory, file)) };
}

async function guarded(session: Session, body: () => Promise<number>): Promise<number> {
  try {
    const exitCode = await body();
    return exitCode === EXIT.good && session.hasErrors ? EXIT.failed : exitCode;
  } catch (error) {
    return await failureCode(session, error);
  } finally {
    await session.close();
  }
}

async function failureCode(session: Session, error: unknown): Promise<number> {
  if (error instanceof CortexError) {
    session.report(error.diagnostics);
    return EXIT.unusable;
  }
  if (error instanceof CancelledError || session.world.signal.aborted) return EXIT.interrupted;
  session.report([await outsideOfNodes(error)]);
  return EXIT.unusable;
}

/** A refusal of the server outside of a node, such as of the state tables; all else is a bug. */
async function outsideOfNodes(error: unknown): Promise<Diagnostic> {
  const { DatabaseError } = await import('../warehouse/database-error.ts');
  if (!(error instanceof DatabaseError)) return unexpectedError(error);
  const { describeDatabaseError } = await import('../warehouse/describe-error.ts');
  return describeDatabaseError(error, generatedSql(error.sql));
}
