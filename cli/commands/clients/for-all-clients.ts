import { resolve } from 'node:path';
import { CortexError } from '../../kernel/errors.ts';
import { hasErrors } from '../../kernel/outcome.ts';
import { ALL_CLIENTS, clientCodes } from '../../project/clients/client-files.ts';
import { noClients } from '../../project/clients/messages.ts';
import { clientClaims, sharedDatabases } from '../../project/clients/shared-databases.ts';
import { findProjectDirectory } from '../../project/load-project.ts';
import { projectNotFound } from '../../project/messages.ts';
import type { Invocation } from '../invocation.ts';
import { notForAllClients } from '../messages.ts';
import type { Session } from '../session.ts';
import { withSession } from '../session.ts';
import { runClient } from './run-client.ts';
import type { ClientResult } from './summary.ts';
import { exitCodeOf, showSummary } from './summary.ts';

/**
 * Runs a command once per client of the project, each in a process of its own, some at once. Before anything runs,
 * two clients that would write to one database are refused. A client that fails stops no other.
 */
export async function forAllClients(
  invocation: Invocation,
  args: readonly string[],
): Promise<number> {
  return withSession(invocation, async (session) => {
    checkCommand(invocation, session);
    const codes = await checkedClients(session);
    const clientArgs = withoutAll(args);
    const results = await eachWithin(codes, session.flags.clientsAtOnce, async (code) =>
      runClient(session, code, {
        args: clientArgs,
        words: invocation.command.name.split(' ').length,
        widest: Math.max(...codes.map(({ length }) => length)),
      }),
    );
    showSummary(session, results);
    return exitCodeOf(results);
  });
}

async function checkedClients(session: Session): Promise<readonly string[]> {
  const { world, flags } = session;
  const start = resolve(world.directory, flags.projectDir ?? '.');
  const directory = findProjectDirectory(start);
  if (directory === undefined) throw new CortexError([projectNotFound(start)]);
  const codes = clientCodes(directory);
  if (codes.length === 0) throw new CortexError([noClients()]);
  const { environment } = world;
  const claims = await clientClaims({ directory, targetName: flags.target, environment });
  const shared = sharedDatabases(claims);
  if (hasErrors(shared)) throw new CortexError([...shared]);
  return codes;
}

function checkCommand({ command }: Invocation, { flags }: Session): void {
  const what = command.flags.includes('clientsAtOnce')
    ? flags.writeSources
      ? '`--write-sources`'
      : undefined
    : `\`cortex ${command.name}\``;
  if (what !== undefined) throw new CortexError([notForAllClients(what)]);
}

/** The arguments without `--client all`, in either spelling. */
function withoutAll(args: readonly string[]): readonly string[] {
  return args.filter(
    (word, index) =>
      word !== `--client=${ALL_CLIENTS}` &&
      !(word === '--client' && args[index + 1] === ALL_CLIENTS) &&
      !(word === ALL_CLIENTS && args[index - 1] === '--client'),
  );
}

/** Runs work for all keys, at most `limit` at once; results in the order of the keys. */
async function eachWithin(
  keys: readonly string[],
  limit: number,
  work: (key: string) => Promise<ClientResult>,
): Promise<readonly ClientResult[]> {
  const results = new Map<string, ClientResult>();
  const waiting = [...keys];
  const worker = async (): Promise<void> => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      results.set(key, await work(key));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, keys.length) }, worker));
  return keys.flatMap((key) => results.get(key) ?? []);
}
