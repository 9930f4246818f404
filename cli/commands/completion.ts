import { COMMANDS } from './commands.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { groupedCommands } from './completion/words.ts';
import { zshScript } from './completion/zsh.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';

const SCRIPTS: Readonly<Record<string, typeof bashScript>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `cortex completion bash`: a script for the shell to source. */
export const completion: CommandBody = async ({ arguments: [shell = 'bash'], world }) => {
  world.stdout.write(SCRIPTS[shell]?.(groupedCommands(COMMANDS)) ?? '');
  return EXIT.good;
};
