import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';
import type { ManifestNode, SourceNode } from '../manifest/node.ts';
import { didYouMean, listOf } from '../kernel/suggest.ts';

const quoted = (names: readonly string[]): string[] => names.map((name) => `\`${name}\``);

export function unknownFlag(flag: string, known: readonly string[], command: string): Diagnostic {
  return diagnostic('CX1001', `\`cortex${spaced(command)}\` has no flag \`${flag}\``, {
    hint: didYouMean(flag, known) ?? `\`cortex${spaced(command)} --help\` lists its flags`,
  });
}

export function unknownCommand(name: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX1001', `there is no command \`${name}\``, {
    hint: didYouMean(name, known) ?? '`cortex --help` lists the commands',
  });
}

export function missingArgument(name: string, command: string): Diagnostic {
  return diagnostic('CX1001', `\`cortex ${command}\` needs ${article(name)} \`${name}\``, {
    hint: `\`cortex ${command} --help\` shows how to call it`,
  });
}

export function unexpectedArguments(command: string, given: readonly string[]): Diagnostic {
  return diagnostic(
    'CX1001',
    `\`cortex${spaced(command)}\` does not take ${listOf(quoted(given), 'and')}`,
    {
      hint: `\`cortex${spaced(command)} --help\` shows how to call it`,
    },
  );
}

export function missingValue(flag: string): Diagnostic {
  return diagnostic('CX1001', `\`${flag}\` needs a value`);
}

export function unknownArgumentValue(
  name: string,
  value: string,
  choices: readonly string[],
): Diagnostic {
  return diagnostic('CX1001', `\`${value}\` is no ${name} that this command knows`, {
    hint: didYouMean(value, choices) ?? `one of ${listOf(quoted(choices), 'or')}`,
  });
}

/** `place` is where the value came from: `--threads`, `CORTEX_THREADS`, `flags.threads` of the project file. */
export function badFlagValue(
  place: string,
  value: string,
  wanted: string,
  choices: readonly string[] = [],
): Diagnostic {
  return diagnostic('CX1002', `\`${place}\` is \`${value}\`, which is not ${wanted}`, {
    hint:
      didYouMean(value, choices) ??
      (choices.length > 0 ? `one of ${listOf(quoted(choices), 'or')}` : undefined),
  });
}

/** @param options of the demo that stands there; `undefined` where it cannot be read */
export function otherDemo(
  directory: string,
  options: { readonly orders: number; readonly days: number; readonly seed: number } | undefined,
): Diagnostic {
  const elsewhere = 'name another place with `--directory`';
  if (options === undefined) {
    return diagnostic('CX1013', `\`${directory}/demo.json\` cannot be read`, {
      hint: `delete \`${directory}\`, or ${elsewhere}`,
    });
  }
  const { orders, days, seed } = options;
  return diagnostic('CX1013', `the demo in \`${directory}\` is one of another shop`, {
    hint: `give \`--orders ${orders} --days ${days} --seed ${seed}\`, or ${elsewhere}`,
  });
}

export function stateUnreadable(path: string, reason: string): Diagnostic {
  return diagnostic('CX1003', `\`${path}\` is no artifact of an earlier run: ${reason}`, {
    hint: 'copy the target path of that run and pass it as `--state`',
  });
}

export function flagsExclude(one: string, other: string): Diagnostic {
  return diagnostic('CX1004', `\`${one}\` and \`${other}\` cannot be given together`, {
    hint: `leave out \`${one}\` or \`${other}\``,
  });
}

export function outsideProject(path: string): Diagnostic {
  return diagnostic(
    'CX1005',
    `\`${path}\` is outside the project or holds its sources, so nothing is deleted`,
    {
      hint: 'list only folders of generated files under `clean_targets`',
    },
  );
}

export function fileExists(path: string): Diagnostic {
  return diagnostic('CX1006', `\`${path}\` exists and is left as it is`);
}

export function filesInTheWay(paths: readonly string[]): Diagnostic {
  const [first = '', ...more] = paths;
  const rest = more.length === 0 ? '' : ` and ${plural(more.length, 'more file')}`;
  const verb = more.length === 0 ? 'exists' : 'exist';
  return diagnostic('CX1015', `\`${first}\`${rest} ${verb} already; nothing was written`, {
    hint: 'call `cortex init` in an empty directory, or move them away',
  });
}

export function setupRefused(
  refused: readonly { readonly shown: string; readonly reason: string }[],
): Diagnostic {
  return diagnostic(
    'CX1016',
    `the server refused ${plural(refused.length, 'statement')} of the set-up: ${refused[0]?.reason}`,
    {
      notes: refused.map(({ shown }) => `${shown};`),
      hint: 'have an administrator send these statements, then call `cortex setup` again',
    },
  );
}

export function directoryIsProject(directory: string): Diagnostic {
  return diagnostic('CX1007', `\`${directory}\` already holds a project`, {
    hint: 'call `cortex build` there, or `cortex init` in another directory',
  });
}

export function nodeNotFound(name: string, known: Iterable<string>): Diagnostic {
  return diagnostic('CX1008', `nothing that can be shown is named \`${name}\``, {
    hint: didYouMean(name, known),
  });
}

export function tooManyNodes(names: readonly string[]): Diagnostic {
  const shown = names.slice(0, 5);
  return diagnostic(
    'CX1008',
    `the selection has ${names.length} nodes, and one is shown at a time`,
    {
      hint: `select one of ${listOf(quoted(shown), 'or')}`,
    },
  );
}

export function nothingToShow(): Diagnostic {
  return diagnostic('CX1008', 'there is nothing to show', {
    hint: 'name a model (`cortex show fct_orders`), or give `--inline` or `--failures`',
  });
}

export function unknownCode(code: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX1009', `there is no message \`${code}\``, {
    hint: didYouMean(code, known) ?? '`docs/errors.md` lists all of them',
  });
}

export function unknownWarningLevel(level: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX1002', `\`--warn-error-options\` has no list \`${level}\``, {
    hint: didYouMean(level, known) ?? 'its lists are `error`, `warn` and `silence`',
  });
}

export function unknownWarning(name: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX1002', `\`--warn-error-options\` names \`${name}\`, which is no warning`, {
    hint: didYouMean(name, known) ?? 'docs/errors.md lists the codes and names of all warnings',
  });
}

export function unknownOutputKey(key: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX1002', `no node has the key \`${key}\` of \`--output-keys\``, {
    hint: didYouMean(key, known),
    severity: 'warning',
  });
}

export function macroNotFound(name: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX1010', `there is no macro \`${name}\``, { hint: didYouMean(name, known) });
}

export function targetIsNotLocal(target: string): Diagnostic {
  return diagnostic('CX1012', `target \`${target}\` is not a private local server`, {
    hint: 'pass `--target` with the name of a target of type `local`',
  });
}

export function connectorNotFound(name: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX7014', `the project configures no connector or stream \`${name}\``, {
    hint:
      didYouMean(name, known) ??
      (known.length === 0
        ? 'declare one under `connectors` in `cortex_project.yml`'
        : `one of ${listOf(quoted(known), 'or')}`),
  });
}

export function accountNotFound(id: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX7014', `no account with the id \`${id}\` is configured`, {
    hint:
      didYouMean(id, known) ??
      (known.length === 0 ? undefined : `one of ${listOf(quoted(known), 'or')}`),
  });
}

export function nothingToBackfill(): Diagnostic {
  return diagnostic('CX7217', 'nothing that was named has a past that could be read later', {
    hint: '`cortex sync` reads files, and streams that are always read as a whole',
  });
}

export function platformNotFound(name: string, known: readonly string[]): Diagnostic {
  return diagnostic('CX7014', `there is no platform \`${name}\``, {
    hint: didYouMean(name, known) ?? `one of ${listOf(quoted(known), 'or')}`,
  });
}

export function answerMissing(platform: string, variables: readonly string[]): Diagnostic {
  return diagnostic(
    'CX7218',
    `\`cortex connect ${platform}\` has questions, and there is no terminal to ask at`,
    { hint: `set ${listOf(quoted(variables), 'and')}, or run it at a terminal` },
  );
}

export function answerUnfit(setting: string, reason: string): Diagnostic {
  return diagnostic('CX7218', `\`${setting}\` cannot be used: ${reason}`, {
    hint: 'docs/credentials.md says where each value comes from',
  });
}

export function sourceFileEdited(path: string): Diagnostic {
  return diagnostic('CX7216', `\`${path}\` was not written by Cortex, or was changed since`, {
    notes: ['the file is left as it is'],
    hint: 'move what is yours to another file and remove this one, then write the sources again',
  });
}

export function noLoadedAt(source: SourceNode): Diagnostic {
  return diagnostic(
    'CX6011',
    `nothing says when rows of \`${source.sourceName}.${source.name}\` were loaded`,
    {
      span: source.span,
      node: source.id,
      hint: 'give the source a `loaded_at_field` or a `loaded_at_query`',
    },
  );
}

export function sourceStale(
  source: SourceNode,
  age: string,
  severity: 'warning' | 'error',
): Diagnostic {
  return diagnostic(
    'CX6010',
    `the newest rows of \`${source.sourceName}.${source.name}\` are too old: ${age}`,
    {
      severity,
      span: source.span,
      node: source.id,
      hint: 'look whether the load of this source still runs',
    },
  );
}

function spaced(command: string): string {
  return command === '' ? '' : ` ${command}`;
}

function article(name: string): string {
  return /^[aeiou]/.test(name) ? 'an' : 'a';
}

export function noTrackingIds(): Diagnostic {
  return diagnostic('CX8203', 'no id of Google Analytics, Meta or TikTok is given', {
    hint: 'set `tracking: { ga4_id: G-…, meta_pixel_id: …, tiktok_pixel_code: … }` in cortex_project.yml, or give `--ga4-id` and the like',
  });
}

export function notForAllClients(what: string): Diagnostic {
  return diagnostic('CX1155', `${what} cannot be used for all clients at once`, {
    hint: 'name one client: `--client <code>`',
  });
}

export function relationOutsideClient(
  node: ManifestNode,
  database: string,
  other: string | undefined,
): Diagnostic {
  const whose =
    other === undefined
      ? 'which is none of the databases of the client'
      : `where the client \`${other}\` writes`;
  return {
    ...diagnostic('CX1156', `\`${node.name}\` would be written to \`${database}\`, ${whose}`, {
      hint: 'set `schema` in place of `database`: it names a database beside that of the target',
    }),
    node: node.id,
  };
}

export function noAlertChannels(): Diagnostic {
  return diagnostic('CX7602', 'the project has no channel for alerts', {
    hint: 'write `alerts.channels` into cortex_project.yml; docs/alerts.md shows how',
  });
}

export function noMetricRules(): Diagnostic {
  return diagnostic('CX7607', 'the project has no metric rules', {
    hint: 'write `alerts.rules` into cortex_project.yml; docs/alerts.md shows how',
  });
}

export function noReport(): Diagnostic {
  return diagnostic('CX7608', 'the project has no daily report', {
    hint: 'write `alerts: { report: {} }` into cortex_project.yml; docs/alerts.md shows what it takes',
  });
}
