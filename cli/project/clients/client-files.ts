import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { hasErrors } from '../../kernel/outcome.ts';
import { isFile, namesIn, readText } from '../../platform/fs.ts';
import { interpolate } from '../interpolate.ts';
import { checkedNow, mapOf, withUnderscores } from '../read-config.ts';
import { validate } from '../validate.ts';
import { parseYaml } from '../yaml.ts';
import type { ClientFile } from './client-file.ts';
import { clientSchema } from './client-schema.ts';
import { badClientCode, openSecrets, unknownClient } from './messages.ts';

/** Of the project directory. */
export const CLIENTS_FOLDER = 'clients';
/** `--client all`. */
export const ALL_CLIENTS = 'all';

const CODE = /^[a-z0-9][a-z0-9_-]{0,39}$/;
const CODES = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;

/** The codes of all clients of a project, sorted. */
export function clientCodes(directory: string): readonly string[] {
  return [...namesIn(join(directory, CLIENTS_FOLDER))]
    .filter((name) => name.endsWith('.yml'))
    .map((name) => name.slice(0, -'.yml'.length))
    .sort();
}

/**
 * The environment of a client: what `clients/<code>.env` sets counts before the process environment, so that a
 * variable exported for one client never reaches another. The file may be read by its owner only.
 */
export function clientEnvironment(
  directory: string,
  code: string,
  diagnostics: Diagnostic[],
): Readonly<Record<string, string>> {
  const path = `${CLIENTS_FOLDER}/${code}.env`;
  const absolute = join(directory, path);
  if (!isFile(absolute)) return {};
  const isPosix = process.platform !== 'win32';
  if (isPosix && (statSync(absolute).mode & 0o077) !== 0) diagnostics.push(openSecrets(path));
  return parseEnv(readText(absolute) ?? '') as Record<string, string>;
}

/** Reads and checks a client's file; `undefined` when something in it is wrong, with the reasons in `diagnostics`. */
export function readClientFile(
  directory: string,
  code: string,
  environment: Readonly<Record<string, string>>,
  diagnostics: Diagnostic[],
): ClientFile | undefined {
  const path = `${CLIENTS_FOLDER}/${code}.yml`;
  const known = clientCodes(directory);
  if (!known.includes(code)) {
    diagnostics.push(unknownClient(code, known));
    return undefined;
  }
  if (!CODE.test(code) || code === ALL_CLIENTS) {
    diagnostics.push(badClientCode(code, path));
    return undefined;
  }
  const text = readText(join(directory, path)) ?? '';
  const parsed = parseYaml(text, path);
  diagnostics.push(...parsed.diagnostics);
  if (hasErrors(parsed.diagnostics)) return undefined;
  const yaml = withUnderscores(mapOf(parsed.value, text), path, diagnostics);
  const filled = interpolate(checkedNow(yaml), environment, path);
  const checked = validate(clientSchema, filled.value, path, CODES);
  const found = [...filled.diagnostics, ...checked.diagnostics];
  diagnostics.push(...found);
  return hasErrors(found) ? undefined : { code, path, text, yaml };
}
