import { CortexError } from '../../kernel/errors.ts';
import type { ServerTarget } from '../../manifest/target.ts';
import { randomId } from '../../platform/ids.ts';
import { connectTarget } from '../connect.ts';
import type { Database } from '../database.ts';
import type { Check } from './check.ts';
import { ok } from './check.ts';
import { networkChecks } from './network.ts';
import { privilegeChecks } from './privileges.ts';
import { settingChecks } from './settings.ts';

/**
 * Goes the whole way to a target step by step, and says of each step what was found and what to do. Ends at
 * the first step without which the next cannot be tried. Leaves nothing behind, except the database of the
 * target, which is made when it is missing.
 */
export async function* diagnoseTarget(target: ServerTarget): AsyncGenerator<Check> {
  for await (const check of networkChecks(target)) {
    yield check;
    if (check.status === 'fail') return;
  }
  const opened = await login(target);
  if ('status' in opened) {
    yield opened;
    return;
  }
  await using database = opened;
  const [row] = await database.control.query('SELECT CURRENT_USER() AS account');
  yield ok('login', `as ${String(row?.['account'])}`);
  yield ok('server', database.capabilities.label);
  yield ok('database', database.database);
  yield* settingChecks(database, target);
  yield* privilegeChecks(database);
}

async function login(target: ServerTarget): Promise<Database | Check> {
  try {
    return await connectTarget(target, { runId: randomId() });
  } catch (error) {
    const problem = error instanceof CortexError ? error.diagnostics[0] : undefined;
    if (problem === undefined) throw error;
    const words = problem.notes[0] === undefined ? '' : ` (${problem.notes[0]})`;
    return {
      name: STEP_BY_CODE[problem.code] ?? 'login',
      status: 'fail',
      detail: `${problem.message}${words}`,
      ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    };
  }
}

const STEP_BY_CODE: Readonly<Record<string, string>> = {
  CX5003: 'database',
  CX5004: 'server',
  CX5005: 'encryption',
  CX5006: 'encryption',
  CX5007: 'login plugin',
  CX5008: 'connections',
};
