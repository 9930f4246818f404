import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import type { SourceTexts } from '../kernel/span.ts';
import { githubReporter } from '../report/github.ts';
import { jsonReporter } from '../report/json.ts';
import { junitReporter } from '../report/junit.ts';
import { plainReporter } from '../report/plain.ts';
import type { PrinterOptions } from '../report/printer.ts';
import type { Reporter } from '../report/reporter.ts';
import { TIMER_TICKER } from '../report/reporter.ts';
import { createStyle, wantsColor, wantsWindow } from '../report/style.ts';
import { windowReporter } from '../report/window.ts';
import type { Flags } from './flags.ts';
import type { Invocation, World } from './invocation.ts';

export interface ReporterOptions {
  readonly flags: Flags;
  readonly texts: SourceTexts;
  readonly runId: string;
  /** Where results go, relative to the project directory, when the command writes them. */
  readonly resultsPath?: string;
}

/** The reporters that flags and surroundings ask for, each reading the same events. */
export function createReporters(
  { command, world }: Invocation,
  options: ReporterOptions,
): Reporter[] {
  const { flags, texts, runId } = options;
  const printsEvents = flags.json && !printsRows(command.flags);
  const reporters: Reporter[] = [];
  if (printsEvents)
    reporters.push(
      jsonReporter(world.stdout, {
        clock: world.clock,
        texts,
        run: runId,
        client: flags.client,
      }),
    );
  if (!printsEvents || flags.verbose) reporters.push(peopleReporter(world, options));
  if (world.environment['GITHUB_ACTIONS'] === 'true') {
    reporters.push(githubReporter(world.stderr, texts, summaryAppender(world)));
  }
  const { junit } = flags;
  if (junit !== undefined) {
    const file = resolve(world.directory, withClient(junit, flags.client));
    reporters.push(junitReporter((xml) => writeFileBelow(file, xml)));
  }
  return reporters;
}

/** `results.xml` is `results.aurora.xml` for a client, so that two never write one file. */
function withClient(file: string, client: string | undefined): string {
  const { dir, name, ext } = parse(file);
  return client === undefined ? file : join(dir, `${name}.${client}${ext}`);
}

/** Commands whose data is JSON with `--json`, not their events. */
function printsRows(keys: readonly string[]): boolean {
  return keys.includes('output') || keys.includes('nodeFormat');
}

function peopleReporter(world: World, { flags, texts, resultsPath }: ReporterOptions): Reporter {
  const { stderr } = world;
  const facts = { isTerminal: stderr.isTTY === true, environment: world.environment };
  const options: PrinterOptions = {
    style: createStyle(wantsColor(flags.color, facts)),
    verbosity: flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
    texts,
    clock: world.clock,
    timestamps: flags.timestamps,
    ...(resultsPath === undefined ? {} : { resultsPath }),
  };
  if (!wantsWindow(facts)) return plainReporter(stderr, options, TIMER_TICKER);
  const screen = {
    write: (text: string) => void stderr.write(text),
    get columns() {
      // A terminal that does not know its width says 0.
      return stderr.columns === undefined || stderr.columns === 0 ? 80 : stderr.columns;
    },
  };
  return windowReporter(screen, options, TIMER_TICKER);
}

function summaryAppender(world: World): (markdown: string) => void {
  const path = world.environment['GITHUB_STEP_SUMMARY'];
  return (markdown) => {
    if (path !== undefined && path !== '') appendFileSync(path, markdown);
  };
}

function writeFileBelow(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
