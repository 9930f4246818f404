import { spawn } from 'node:child_process';
import { installFailed } from './messages.ts';
import { findProgram, serverProgram } from './server-binary.ts';

export interface InstallOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told each command before it runs. */
  readonly onCommand: (command: string) => void;
}

/** A program and its arguments. */
type Command = readonly string[];

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

/** For machines without apt and Homebrew. The container is a target of type `mysql`, not a private server. */
const FALLBACK =
  'docker run -d --name cortex-mariadb -p 127.0.0.1:3306:3306 -e MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1 mariadb:11 --local-infile=1, and use a target of type `mysql` with host 127.0.0.1 and user root; or install `mariadb-server` by your package manager';

/** What would be typed on this machine; nothing where the PATH has no known package manager. */
function installCommands(environment: InstallOptions['environment']): readonly Command[] {
  const has = (name: string) => findProgram(name, environment, []) !== undefined;
  if (has('brew')) return [['brew', 'install', 'mariadb']];
  const isRoot = process.getuid?.() === 0;
  if (!has('apt-get') || !(isRoot || has('sudo'))) return [];
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const asRoot = isRoot ? apt : ['sudo', ...apt];
  return [
    [...asRoot, 'update'],
    [...asRoot, 'install', '-y', '--no-install-recommends', 'mariadb-server'],
  ];
}

async function exitCode([program = '', ...args]: Command): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
