import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerTarget, SslSettings } from '../../../cli/manifest/target.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { createAuthority } from '../../support/certificates.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { mysqlCommand } from '../../support/server-mysql.ts';
import type { RunningServer } from '../../support/server-process.ts';
import { startServer } from '../../support/server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'cortex-tls-'));
const authority = createAuthority(folder, 'shop');
const stranger = createAuthority(folder, 'stranger');
const byName = authority.sign('name', 'DNS:localhost');
const byAddress = authority.sign('address', 'IP:127.0.0.1');
const client = authority.sign('client');

/** What the servers show, read anew when they are told to. */
const presented = { cert: join(folder, 'presented.pem'), key: join(folder, 'presented-key.pem') };

function present(certificate: { readonly cert: string; readonly key: string }): void {
  copyFileSync(certificate.cert, presented.cert);
  copyFileSync(certificate.key, presented.key);
}

const CIPHER = /^TLS_|AES|CHACHA/;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['mariadb', mariadbCommand],
  ['mysql', mysqlCommand],
] as const)('%s with a certificate of an own authority', (name, command) => {
  let running: RunningServer;

  beforeAll(async () => {
    present(byName);
    const options = [
      `--ssl-ca=${authority.ca}`,
      `--ssl-cert=${presented.cert}`,
      `--ssl-key=${presented.key}`,
    ];
    const base = command();
    running = await startServer(
      { ...base, options: [...base.options, ...options] },
      join(folder, name),
    );
  });
  afterAll(async () => running.stop());

  function target(ssl?: SslSettings, overrides: Partial<ServerTarget> = {}): ServerTarget {
    return {
      type: 'mysql',
      name: 'prod',
      host: 'localhost',
      port: running.address.port,
      user: 'root',
      password: '',
      database: 'shop',
      threads: 2,
      session: {},
      connectTimeoutMs: 5000,
      readTimeoutMs: 0,
      ...(ssl === undefined ? {} : { ssl }),
      ...overrides,
    };
  }

  /** The cipher of a new session, empty without TLS; or what is said where there is none. */
  async function cipherOf(wanted: ServerTarget): Promise<string> {
    try {
      await using database = await connectTarget(wanted, { runId: 'tls' });
      const [row] = await database.control.query("SHOW STATUS LIKE 'Ssl_cipher'");
      return String(row?.['Value']);
    } catch (error) {
      const { diagnostics = [] } = error as { diagnostics?: readonly Record<string, string>[] };
      return diagnostics.map(({ code, message, hint }) => `${code} ${message}: ${hint}`).join('\n');
    }
  }

  async function administer(...statements: readonly string[]): Promise<void> {
    const socketPath = running.address.socket ?? '';
    const session = await createConnection({ socketPath, user: 'root' });
    for (const statement of statements) await session.query(statement);
    await session.end();
  }

  const address = () => `localhost:${running.address.port}`;

  test('the authority that signed it is enough, with the name checked', async () => {
    expect(await cipherOf(target({ ca: authority.ca, verify: true }))).toMatch(CIPHER);
  });

  test.each([
    ['another authority', () => target({ ca: stranger.ca, verify: true })],
    ['the authorities that everyone knows', () => target({ verify: true })],
  ])('%s is refused, with what to do', async (_, wanted) => {
    expect(await cipherOf(wanted())).toBe(
      `CX5005 the certificate of the server at \`${wanted().host}:${running.address.port}\` is not trusted: name the file of its authority with \`ssl.ca\`, or set \`ssl.verify: false\` in a network you trust`,
    );
  });

  test.each([
    ['name', byName, 'localhost', '127.0.0.1'],
    ['address', byAddress, '127.0.0.1', 'localhost'],
  ])('a certificate for a %s is good for that alone', async (_, certificate, own, other) => {
    present(certificate);
    await administer(name === 'mysql' ? 'ALTER INSTANCE RELOAD TLS' : 'FLUSH SSL');
    const ssl = { ca: authority.ca, verify: true };

    expect(await cipherOf(target(ssl, { host: own }))).toMatch(CIPHER);
    expect(await cipherOf(target(ssl, { host: other }))).toBe(
      `CX5005 the certificate of the server at \`${other}:${running.address.port}\` is for other hosts: connect by a host that it names, or set \`ssl.verify: false\` in a network you trust`,
    );

    present(byName);
    await administer(name === 'mysql' ? 'ALTER INSTANCE RELOAD TLS' : 'FLUSH SSL');
  });

  test('without verification the session is encrypted, whoever signed', async () => {
    expect(await cipherOf(target({ verify: false }))).toMatch(CIPHER);
    expect(await cipherOf(target({ ca: stranger.ca, verify: false }))).toMatch(CIPHER);
  });

  test('a session without TLS is refused where the server demands it', async () => {
    await administer('SET GLOBAL require_secure_transport = ON');

    const [plain, encrypted] = [
      await cipherOf(target()),
      await cipherOf(target({ ca: authority.ca, verify: true })),
    ];
    await administer('SET GLOBAL require_secure_transport = OFF');

    // MariaDB 10.11 refuses such a login as any other and does not say why.
    expect(plain).toBe(
      name === 'mysql'
        ? `CX5005 the server at \`${address()}\` only takes encrypted connections: add \`ssl: true\` to the target \`prod\``
        : `CX5002 the server at \`${address()}\` refused the user \`root\`: the target \`prod\` has no password: set \`password: \${VARIABLE}\`; an account that requires TLS needs \`ssl: true\``,
    );
    expect(encrypted).toMatch(CIPHER);
  });

  test('an account that demands a certificate of the client gets it', async () => {
    await administer(
      "CREATE USER 'app'@'%' IDENTIFIED BY 'pw' REQUIRE X509",
      "GRANT ALL ON *.* TO 'app'@'%'",
    );
    const asApp = { user: 'app', password: 'pw' };

    const without = await cipherOf(target({ ca: authority.ca, verify: true }, asApp));
    const given = await cipherOf(target({ ca: authority.ca, verify: true, ...client }, asApp));

    expect(without).toContain(`CX5002 the server at \`${address()}\` refused the user \`app\``);
    expect(given).toMatch(CIPHER);
  });

  test('a project names the file of the authority relative to itself, and builds', async () => {
    const { path } = createDirectory({
      'cortex_project.yml': `name: shop
targets:
  prod: { type: mysql, host: localhost, port: ${running.address.port}, user: root, database: shop, ssl: { ca: ca.pem } }
`,
      'seeds/raw.csv': 'id\n1\n2\n',
      'models/total.sql': "{{config materialized='table'}}select count(*) as n from {{ref 'raw'}}",
    });
    copyFileSync(authority.ca, join(path, 'ca.pem'));

    const built = await cortex(['build'], { directory: path });
    const debugged = await cortex(['debug'], { directory: path });

    expect(built.exitCode, built.stderr).toBe(0);
    expect(debugged.stdout + debugged.stderr).toMatch(/encryption.*TLS with/);
  });
});
