import { join } from 'node:path';
import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../../cli/kernel/diagnostic.ts';
import type { Outcome } from '../../../cli/kernel/outcome.ts';
import { outcome } from '../../../cli/kernel/outcome.ts';
import { namesIn } from '../../../cli/platform/fs.ts';
import type { Credentials } from './credentials-file.ts';
import { readCredentials } from './credentials-file.ts';

export type KeptCredentials = Pick<Credentials, 'account' | 'secrets'>;

/** What `cortex connect` kept of all accounts of a platform. */
export function keptCredentials(
  folder: string,
  platform: string,
): Outcome<readonly KeptCredentials[]> {
  const diagnostics: Diagnostic[] = [];
  const kept: KeptCredentials[] = [];
  for (const name of [...namesIn(folder)].sort()) {
    if (!name.startsWith(`${platform}-`) || !name.endsWith('.json')) continue;
    try {
      const credentials = readCredentials(join(folder, name));
      if (credentials !== undefined) kept.push(credentials);
    } catch {
      diagnostics.push(
        diagnostic('CX7214', `the credentials in \`.cortex/credentials/${name}\` cannot be read`, {
          hint: `remove the file and run \`cortex connect ${platform}\``,
        }),
      );
    }
  }
  return outcome(kept, diagnostics);
}
