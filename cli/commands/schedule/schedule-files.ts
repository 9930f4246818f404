import { yamlText } from '../../project/yaml.ts';
import type { ScheduledPipeline } from './scheduled-pipeline.ts';
import { systemdCalendar } from './systemd-calendar.ts';
import { utcCron, zoneOffset } from './utc-cron.ts';

/** The first line of every file that is written here: only such a file is written over. */
export const MARK = '# Written by `cortex schedule install`.';

export interface ScheduleFacts {
  readonly project: string;
  readonly target: string;
  /** The code of the client of a file of `clients/`. */
  readonly client?: string | undefined;
  /** Absolute. */
  readonly directory: string;
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of the command line's program. */
  readonly program: string;
  readonly now: number;
}

export interface ScheduleFiles {
  /** Texts by path, relative to the project. */
  readonly files: Readonly<Record<string, string>>;
  /** What a person has to do, a line each. */
  readonly todo: readonly string[];
  /** Pipelines whose schedule cannot be written in the form. */
  readonly refused: readonly ScheduledPipeline[];
}

/** A service and a timer per pipeline. `Persistent` starts what was missed while the machine was off, once. */
export function systemdFiles(
  pipelines: readonly ScheduledPipeline[],
  facts: ScheduleFacts,
): ScheduleFiles {
  const files: Record<string, string> = {};
  const refused: ScheduledPipeline[] = [];
  const timers: string[] = [];
  for (const pipeline of pipelines) {
    const calendar = systemdCalendar(pipeline.schedule, pipeline.timeZone);
    if (calendar === undefined) {
      refused.push(pipeline);
      continue;
    }
    const unit = ['cortex', facts.project, ...whose(facts), pipeline.name].join('-');
    timers.push(`${unit}.timer`);
    files[`deploy/systemd/${unit}.service`] = serviceText(pipeline, facts);
    files[`deploy/systemd/${unit}.timer`] = timerText(pipeline, calendar);
  }
  const todo = [
    `sudo cp ${shellWord(`${facts.directory}/deploy/systemd`)}/cortex-* /etc/systemd/system/`,
    'sudo systemctl daemon-reload',
    `sudo systemctl enable --now ${timers.join(' ')}`,
  ];
  return { files, todo, refused };
}

function whose({ client, target }: ScheduleFacts): readonly string[] {
  return client === undefined ? [target] : [client, target];
}

/** The words after `cortex`. */
function callOf({ name }: Pick<ScheduledPipeline, 'name'>, facts: ScheduleFacts): string[] {
  const { client, target } = facts;
  const ofClient = client === undefined ? [] : ['--client', client];
  return ['run-pipeline', name, '--wait', '--target', target, ...ofClient];
}

function serviceText(pipeline: ScheduledPipeline, facts: ScheduleFacts): string {
  const { node, program, directory } = facts;
  const words = [node, program, ...callOf(pipeline, facts)];
  return `${MARK}
[Unit]
Description=Cortex pipeline ${pipeline.name} of ${facts.project} (${whose(facts).join(', ')})
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory=${directory.replaceAll('%', '%%')}
ExecStart=${words.map(systemdWord).join(' ')}
SuccessExitStatus=75
TimeoutStartSec=infinity
`;
}

function timerText({ name }: ScheduledPipeline, calendar: readonly string[]): string {
  return `${MARK}
[Unit]
Description=When the Cortex pipeline ${name} is due

[Timer]
${calendar.map((one) => `OnCalendar=${one}`).join('\n')}
Persistent=true

[Install]
WantedBy=timers.target
`;
}

/** Lines for a crontab. `CRON_TZ` is understood by cronie; other crons use the zone of the machine. */
export function cronFiles(
  pipelines: readonly ScheduledPipeline[],
  facts: ScheduleFacts,
): ScheduleFiles {
  const { node, program, directory } = facts;
  const lines = pipelines.flatMap(({ name, schedule, timeZone }) => {
    const words = [node, program, ...callOf({ name }, facts)];
    const call = `cd ${shellWord(directory)} && ${words.map(shellWord).join(' ')}`;
    return [`CRON_TZ=${timeZone}`, `${schedule} ${call.replaceAll('%', '\\%')}`];
  });
  return {
    files: { [cronPath(facts)]: `${MARK}\n${lines.join('\n')}\n` },
    todo: [
      `crontab -e   # and add the lines of ${cronPath(facts)}`,
      '# `CRON_TZ` needs cronie; with another cron write the times in the zone of the machine',
    ],
    refused: [],
  };
}

function cronPath({ client }: ScheduleFacts): string {
  return `deploy/cron/cortex${client === undefined ? '' : `-${client}`}.crontab`;
}

/** A workflow whose times are UTC, which is all that GitHub Actions knows for certain. */
export function githubFiles(
  pipelines: readonly ScheduledPipeline[],
  facts: ScheduleFacts,
): ScheduleFiles {
  const utc = pipelines.map((pipeline) => {
    const offset = zoneOffset(pipeline.timeZone, facts.now);
    return { pipeline, cron: utcCron(pipeline.schedule, offset) };
  });
  const known = utc.flatMap(({ pipeline, cron }) =>
    cron === undefined ? [] : [{ name: pipeline.name, cron }],
  );
  const workflow = {
    name: 'Cortex pipelines',
    on: {
      schedule: [...new Set(known.map(({ cron }) => cron))].map((cron) => ({ cron })),
      workflow_dispatch: {
        inputs: { pipeline: { type: 'choice', options: pipelines.map(({ name }) => name) } },
      },
    },
    concurrency: {
      group: ['cortex', facts.project, ...whose(facts)].join('-'),
      'cancel-in-progress': false,
    },
    jobs: {
      pipelines: {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 360,
        steps: [
          { uses: 'actions/checkout@v4' },
          { uses: 'actions/setup-node@v4', with: { 'node-version': 22 } },
          { run: 'npm ci' },
          ...known.map(({ name, cron }) => ({
            if: `github.event.schedule == '${cron}' || inputs.pipeline == '${name}'`,
            run: ['npx', 'cortex', ...callOf({ name }, facts)].map(shellWord).join(' '),
          })),
        ],
      },
    },
  };
  return {
    files: {
      [`.github/workflows/cortex-${facts.client ?? 'pipelines'}.yml`]: `${MARK}\n${yamlText(workflow)}`,
    },
    todo: [
      '# commit the workflow, and give its job the secrets of the project as `env`',
      '# its times are UTC by the offset of today: install again when the clocks change',
    ],
    refused: utc.flatMap(({ pipeline, cron }) => (cron === undefined ? [pipeline] : [])),
  };
}

/** A word of a shell, quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A word of `ExecStart=`: quoted, with nothing in it that systemd would replace. */
function systemdWord(text: string): string {
  const plain = text.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w./@:+-]+$/.test(plain)
    ? plain
    : `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
