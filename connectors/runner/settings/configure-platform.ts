import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../../cli/kernel/diagnostic.ts';
import type { Outcome } from '../../../cli/kernel/outcome.ts';
import { outcome } from '../../../cli/kernel/outcome.ts';
import { validate } from '../../../cli/project/validate.ts';
import type { YamlValue } from '../../../cli/project/yaml.ts';
import { spanAt, valueOf } from '../../../cli/project/yaml.ts';
import type { PlatformDefinition } from '../../sdk/definition.ts';
import type {
  ConfiguredAccount,
  ConfiguredPlatform,
  ConfiguredStream,
} from '../configured-platform.ts';
import { credentialsPath } from '../credentials/credentials-file.ts';
import type { KeptCredentials } from '../credentials/kept-credentials.ts';
import { keptCredentials } from '../credentials/kept-credentials.ts';
import type { PlatformSettings } from './settings-schema.ts';
import { retentionOf } from './retention.ts';
import { settingsSchema } from './settings-schema.ts';

const CODES = { invalid: 'CX7013', unknownKey: 'CX7013' } as const;

/** The settings of a platform and where they stand. */
export interface SettingsPlace {
  readonly yaml: YamlValue;
  readonly file: string;
  /** The target's own database. */
  readonly database: string;
  /** Absolute: `.cortex/credentials` of the project. */
  readonly credentialsFolder: string;
  /** Streams and their tables only: what is written of accounts is not looked at. */
  readonly withoutAccounts?: boolean;
}

/** Checks the settings of a platform: everything that is wrong in them, or what can be synced. */
export function configurePlatform(
  definition: PlatformDefinition,
  place: SettingsPlace,
): Outcome<ConfiguredPlatform | undefined> {
  const { yaml, file, database } = place;
  const checked = validate(settingsSchema(definition), yaml, file, CODES);
  if (checked.value === undefined) return outcome(undefined, checked.diagnostics);
  const settings = checked.value;
  const accounts =
    place.withoutAccounts === true ? outcome([]) : configureAccounts(definition, place);
  const streams = streamsOf(definition, settings, place);
  return outcome(
    {
      definition,
      accounts: accounts.value,
      streams: streams.value,
      startDate: settings.start_date,
      place: {
        database: settings.raw_database ?? database,
        tablePrefix: settings.table_prefix ?? `raw_${definition.name}_`,
      },
    },
    [...streams.diagnostics, ...accounts.diagnostics],
  );
}

/** All streams but the optional ones, as the settings add and leave out. */
function streamsOf(
  definition: PlatformDefinition,
  settings: PlatformSettings,
  place: SettingsPlace,
): Outcome<readonly ConfiguredStream[]> {
  const diagnostics: Diagnostic[] = [];
  const streams = definition.streams.flatMap((stream) => {
    const own = settings.streams[stream.name];
    const isWanted = own === undefined ? stream.optional !== true : own !== false;
    if (!isWanted) return [];
    const more = typeof own === 'object' ? own : undefined;
    const pii = more?.pii ?? settings.pii;
    if (more?.retention === undefined) return [{ stream, pii }];
    const retention = retentionOf(stream, more.retention);
    if (!('problem' in retention)) return [{ stream, pii, retention }];
    diagnostics.push(badRetention(retention.problem, stream.name, place));
    return [{ stream, pii }];
  });
  return outcome(streams, diagnostics);
}

function badRetention(problem: string, stream: string, { yaml, file }: SettingsPlace): Diagnostic {
  return diagnostic('CX7013', problem, {
    span: spanAt(yaml, ['streams', stream, 'retention'], file),
    hint: '`by` names a column of the stream with a date; `action` is `drop` or `delete`',
  });
}

function configureAccounts(
  definition: PlatformDefinition,
  place: SettingsPlace,
): Outcome<readonly ConfiguredAccount[]> {
  const diagnostics: Diagnostic[] = [];
  const accounts = new Map<string, ConfiguredAccount>();
  const list = valueOf(place.yaml, 'accounts');
  const kept = keptCredentials(place.credentialsFolder, definition.name);
  diagnostics.push(...kept.diagnostics);
  for (const item of list?.kind === 'list' ? list.items : []) {
    const account = configureAccount(definition, place, item, kept.value);
    diagnostics.push(...account.diagnostics);
    if (account.value === undefined) continue;
    if (accounts.has(account.value.id)) diagnostics.push(twice(account.value, definition));
    accounts.set(account.value.id, account.value);
  }
  return outcome([...accounts.values()], diagnostics);
}

function configureAccount(
  definition: PlatformDefinition,
  place: SettingsPlace,
  item: YamlValue,
  kept: readonly KeptCredentials[],
): Outcome<ConfiguredAccount | undefined> {
  const { file, credentialsFolder } = place;
  const own = withKept(withoutOrigin(item), kept);
  const checked = validate(definition.account, own, file, CODES);
  if (checked.value === undefined) {
    const hint = `\`cortex connect ${definition.name}\` gets the credentials, step by step`;
    return outcome(
      undefined,
      checked.diagnostics.map((found) => ({ hint, ...found })),
    );
  }
  const id = definition.accountId(checked.value);
  const origin = valueOf(item, 'origin');
  return outcome({
    id,
    settings: checked.value,
    origin: origin?.kind === 'scalar' ? String(origin.value) : undefined,
    credentialsPath: credentialsPath(credentialsFolder, definition.name, id),
    span: spanAt(item, [], file),
  });
}

function withoutOrigin(item: YamlValue): YamlValue {
  if (item.kind !== 'map') return item;
  return { ...item, entries: item.entries.filter(({ key }) => key !== 'origin') };
}

/** What `cortex connect` kept of the account that is written, below what is written. */
function withKept(item: YamlValue, kept: readonly KeptCredentials[]): YamlValue {
  if (item.kind !== 'map') return item;
  const written = new Map(
    item.entries.map(({ key, value }) => [key, value.kind === 'scalar' ? value.value : undefined]),
  );
  const own = kept.find(({ account }) => {
    const names = Object.entries(account).filter(([name]) => written.has(name));
    return names.length > 0 && names.every(([name, value]) => written.get(name) === value);
  });
  const { start, end, file } = item;
  const inFile = file === undefined ? {} : { file };
  const place = { keyStart: start, keyEnd: end, ...inFile };
  const added = Object.entries(own?.secrets ?? {}).filter(([name]) => !written.has(name));
  return {
    ...item,
    entries: [
      ...item.entries,
      ...added.map(([key, value]) => ({
        ...place,
        key,
        value: { kind: 'scalar' as const, value, start, end, isPlain: false, ...inFile },
      })),
    ],
  };
}

function twice({ id, span }: ConfiguredAccount, { name }: PlatformDefinition): Diagnostic {
  return diagnostic('CX7013', `account \`${id}\` of \`${name}\` stands here twice`, {
    span,
    hint: 'remove one of the two',
  });
}
