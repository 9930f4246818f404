import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { credentialsFolder } from '../../../connectors/runner/credentials/credentials-file.ts';
import { isDirectory, readText, writeTextAtomically } from '../../platform/fs.ts';
import { installationDirectory } from '../../platform/installation.ts';
import type { DemoAccount } from './demo-platforms.ts';

interface DemoFacts {
  readonly accounts: Accounts;
  /** The shop's first and last day. */
  readonly startDate: string;
  readonly lastDate: string;
}

type Accounts = ReadonlyMap<string, DemoAccount>;

/** Folders of the models that ship. `sources` is not one of them: the demo writes its own. */
const FOLDERS = ['models', 'seeds', 'macros', 'tests/data'];
const PROJECT_FILE = 'cortex_project.yml';

/**
 * Makes a directory the project of the demo: the models that ship, and the simulated platforms in the project
 * file. In a checkout the folders are links, so that what is edited there is what the demo builds; otherwise they
 * are copies, which nothing overwrites.
 */
export function writeDemoProject(
  directory: string,
  { accounts, startDate, lastDate }: DemoFacts,
): void {
  const shipped = installationDirectory();
  mkdirSync(directory, { recursive: true });
  for (const folder of FOLDERS) {
    const from = join(shipped, folder);
    if (isDirectory(from)) bring(from, join(directory, folder), isCheckout(shipped));
  }
  // Platforms that were started anew know none of the tokens that they gave before.
  rmSync(credentialsFolder(directory), { recursive: true, force: true });
  writeWhereOther(join(directory, '.gitignore'), '*\n');
  writeKey(join(directory, '.env'));
  const text = projectFile(readText(join(shipped, PROJECT_FILE)) ?? '', {
    accounts,
    startDate,
    lastDate,
  });
  writeWhereOther(join(directory, PROJECT_FILE), text);
}

function isCheckout(shipped: string): boolean {
  return !shipped.split(sep).includes('node_modules');
}

function bring(from: string, to: string, asLink: boolean): void {
  mkdirSync(dirname(to), { recursive: true });
  if (!asLink) cpSync(from, to, { recursive: true, force: false });
  else if (!existsSync(to)) symlinkSync(relative(dirname(to), from), to, 'dir');
}

/** Signs the requests for tokens of Analytics; the simulated property takes any signature. */
function writeKey(path: string): void {
  if (existsSync(path)) return;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const text = `DEMO_ANALYTICS_KEY=${privateKey.trim().replaceAll('\n', String.raw`\n`)}\n`;
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

/** The project file that ships, as of the shop's last day, and with the simulated platforms. */
function projectFile(shipped: string, { accounts, startDate, lastDate }: DemoFacts): string {
  const settings = shipped
    .slice(shipped.search(/^name:/m))
    .replace(/^( +as_of:) .*$/m, `$1 "${lastDate}"`);
  return `# The project of \`cortex demo\`, which writes this file anew when it is called again.
${settings.trimEnd()}

# The shop, its customers and its campaigns are generated. \`cortex demo\` serves these platforms
# while it runs, and longer with \`--keep-serving\`.
connectors:
${[...accounts].map(([name, account]) => platformText(name, account, startDate)).join('')}`;
}

function platformText(name: string, { settings, streams }: DemoAccount, startDate: string): string {
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const wanted = streams.map((stream) => `${stream}: true`).join(', ');
  return `  ${name}:
    start_date: "${startDate}"
${wanted === '' ? '' : `    streams: { ${wanted} }\n`}    accounts:
      - ${lines.join('\n        ')}
`;
}

function writeWhereOther(path: string, text: string): void {
  if (readText(path) !== text) writeTextAtomically(path, text);
}
