import { spawn } from 'node:child_process';
import { installFailed } from './messages.ts';
import { findProgram, serverProgram } from './server-binary.ts';

export interface InstallOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told each command before it runs. */
  readonly onCommand: (command: string) => void;
}

type Command = readonly [program: string, ...args: string[]];

/**
 * Installs MariaDB by the machine's package manager, unless a server is there: apt as root or through sudo,
 * Homebrew on macOS. Answers with the path of the server. Throws CX5042 with the command to type.
 */
export async function installServer(options: InstallOptions): Promise<string> {
  const present = serverProgram(options.environment);
  if (present !== undefined) return present;
  const commands = installCommands(options.environment);
  if (commands.length === 0) throw installFailed(FALLBACK);
  const whole = commands.map((command) => command.join(' ')).join(' && ');
  for (const command of commands) {
    options.onCommand(command.join(' '));
    if ((await exitCode(command)) !== 0) throw installFailed(whole);
  }
  const installed = serverProgram(options.environment);
  if (installed === undefined) throw installFailed(whole);
  return installed;
}

const FALLBACK = 'your package manager, to install `mariadb-server` or `mysql-server`';

/** What would be typed on this machine; nothing where no known package manager is. */
function installCommands(environment: InstallOptions['environment']): readonly Command[] {
  const has = (name: string) => findProgram(name, environment) !== undefined;
  if (has('apt-get')) {
    const isRoot = process.getuid?.() === 0;
    const asRoot: readonly string[] = isRoot ? [] : ['sudo'];
    const apt = (...words: string[]): Command => [
      ...(asRoot as [string]),
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      ...words,
    ];
    return isRoot || has('sudo')
      ? [apt('update'), apt('install', '-y', '--no-install-recommends', 'mariadb-server')]
      : [];
  }
  return has('brew') ? [['brew', 'install', 'mariadb']] : [];
}

async function exitCode([program, ...args]: Command): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
