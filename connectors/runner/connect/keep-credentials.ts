import type { ConnectResult, PlatformDefinition } from '../../sdk/definition.ts';
import { credentialsPath, writeCredentials } from '../credentials/credentials-file.ts';

/**
 * Keeps what connecting an account gave, in its file below `.cortex/credentials`; tokens that were there are
 * forgotten. The account is found again by its settings (`store_id`) in the project file.
 */
export function keepCredentials(
  definition: PlatformDefinition,
  folder: string,
  accountId: string,
  { account, secrets }: ConnectResult<unknown>,
): string {
  const path = credentialsPath(folder, definition.name, accountId);
  writeCredentials(path, { account: { ...account }, secrets: { ...secrets } });
  return path;
}
