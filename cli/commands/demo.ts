import { join, relative, resolve } from 'node:path';
import type { DemoClock } from './demo/demo-clock.ts';
import { demoClock } from './demo/demo-clock.ts';
import type { DemoOptions } from './demo/demo-schedule.ts';
import type { DemoState } from './demo/demo-state.ts';
import { readDemoState, writeDemoState } from './demo/demo-state.ts';
import type { CommandBody, Invocation, World } from './invocation.ts';
import { EXIT } from './invocation.ts';
import type { Session } from './session.ts';
import { withSession } from './session.ts';

const GENERATED = `The shops of this demo are generated: three stores of one group, their customers, campaigns and visits are
computed from a seed. Nothing was recorded from a real shop, and nothing leaves this machine.`;

/** \`cortex demo\`: seven simulated platforms, synced and built on the private server. */
export const demo: CommandBody = async (invocation) =>
  withSession(invocation, async (session) => {
    const { orders, demoDays: days, seed, directory } = session.flags;
    const options = { orders, days, seed };
    const place = resolve(session.world.directory, directory ?? join('.cortex', 'demo'));
    const state = readDemoState(place, options);
    session.note(GENERATED);
    await installDatabase(session);
    return await serveAndBuild({ invocation, session, options, state, directory: place });
  });

interface DemoRun {
  readonly invocation: Invocation;
  readonly session: Session;
  readonly options: DemoOptions;
  readonly state: DemoState;
  /** Absolute. */
  readonly directory: string;
}

async function installDatabase(session: Session): Promise<void> {
  const { installServer } = await import('../server/install-server.ts');
  const { environment } = session.world;
  await installServer({ environment, onCommand: (command) => session.note(`$ ${command}`) });
}

async function serveAndBuild(run: DemoRun): Promise<number> {
  const { invocation, session, options, state, directory } = run;
  const { demoDays, firstDate, LAST_DATE } = await import('./demo/demo-schedule.ts');
  const { startDemoPlatforms } = await import('./demo/demo-platforms.ts');
  const { writeDemoProject } = await import('./demo/demo-project.ts');
  const { TypedCommands } = await import('./typed-commands.ts');
  const { syncDaily, writeSources } = await import('./demo/daily-syncs.ts');
  const { showResults } = await import('./demo/show-results.ts');
  const left = demoDays(options).slice(state.day);
  const clock = demoClock(left[0]?.syncAt ?? 0, session.world.clock);
  const shopClock = demoClock(left[0]?.shopAt ?? 0, session.world.clock);
  await using platforms = await startDemoPlatforms(options, { clock, shopClock }, state.ports);
  writeDemoState(directory, { ...state, ports: platforms.ports });
  writeDemoProject(directory, {
    accounts: platforms.accounts,
    startDate: firstDate(options),
    lastDate: LAST_DATE,
  });
  const { ports } = platforms;
  const onBegin = ({ index: day }: { readonly index: number }) =>
    writeDemoState(directory, { options, day, ports });
  const { world } = invocation;
  // The server's start is waited for by the machine's clock, and all that follows by the simulated one.
  const typedIn = (changes: Partial<World>) =>
    new TypedCommands(invocation, { ...world, directory, ...changes }, 'local');
  const machine = typedIn({});
  const steps = typedIn({ clock });
  const silent = typedIn({ stdout: { write: () => true } });
  const shown = relative(world.directory, directory) || '.';
  const synced = await inTurn([
    async () => machine.run('server', 'start'),
    async () => writeSources(silent),
    async () => syncDaily({ session, steps, left, clock, shopClock, onBegin }),
  ]);
  if (synced !== EXIT.good) return synced;
  session.note('\n$ cortex build');
  const built = await steps.run('build');
  // What landed is worth seeing even where a model failed.
  if (built !== EXIT.good && built !== EXIT.failed) return built;
  const ended = await inTurn([
    async () => showResults(machine, shown),
    async () => (session.flags.keepServing ? serve(session, [clock, shopClock]) : EXIT.good),
  ]);
  return ended === EXIT.good ? built : ended;
}

/** The first exit code that is not good, and nothing after it. */
async function inTurn(steps: readonly (() => Promise<number>)[]): Promise<number> {
  for (const step of steps) {
    const exitCode = await step();
    if (exitCode !== EXIT.good) return exitCode;
  }
  return EXIT.good;
}

/** The platforms answer, and their time passes, until somebody stops the command. */
async function serve(session: Session, clocks: readonly DemoClock[]): Promise<number> {
  for (const clock of clocks) clock.run();
  session.note('\nThe platforms are served, and their time passes; Ctrl-C ends it');
  const { signal } = session.world;
  await new Promise<void>((done) => {
    signal.addEventListener('abort', () => done(), { once: true });
    if (signal.aborted) done();
  });
  return EXIT.good;
}
