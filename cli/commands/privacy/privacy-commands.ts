import type { CommandDefinition } from '../command-definition.ts';
import { ONE_CLIENT, PROJECT } from '../command-definition.ts';

/** The commands about personal data: a part of the list of all commands. */
export const PRIVACY_COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'privacy export',
    summary: 'Write all that is known of one person into a file',
    flags: ['email', 'phone', 'document', 'exportFile', ...ONE_CLIENT],
    examples: [
      'cortex privacy export --email ana@example.com',
      'cortex privacy export --document 529.982.247-25 --file ana.json',
    ],
    load: async () => (await import('../privacy-export.ts')).privacyExport,
  },
  {
    name: 'privacy erase',
    summary: 'Take one person out of all tables and files, for good',
    flags: ['email', 'phone', 'document', 'dryRun', 'yes', ...ONE_CLIENT],
    examples: [
      'cortex privacy erase --email ana@example.com --dry-run',
      'cortex privacy erase --email ana@example.com --yes',
    ],
    load: async () => (await import('../privacy-erase.ts')).privacyErase,
  },
  {
    name: 'privacy retain',
    summary: 'Drop or delete what is older than the retention rules of streams allow',
    flags: ['dryRun', ...PROJECT],
    examples: ['cortex privacy retain --dry-run', 'cortex privacy retain'],
    load: async () => (await import('../privacy-retain.ts')).privacyRetain,
  },
];
