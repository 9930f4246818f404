import { expect, test } from 'vitest';
import { generatedSql } from '../../../cli/kernel/rendered-sql.ts';
import type { ServerTarget } from '../../../cli/manifest/target.ts';
import { DatabaseError } from '../../../cli/warehouse/database-error.ts';
import { describeDatabaseError } from '../../../cli/warehouse/describe-error.ts';
import { toDatabaseError } from '../../../cli/warehouse/driver-error.ts';
import {
  connectFailed,
  databaseRefused,
  serverUnsupported,
} from '../../../cli/warehouse/messages.ts';
import { readServerVersion } from '../../../cli/warehouse/server-version.ts';

const target: ServerTarget = {
  type: 'mysql',
  name: 'prod',
  host: 'db.internal',
  port: 3306,
  user: 'shop',
  password: 'S3cret!',
  database: 'shop',
  threads: 4,
  session: {},
  connectTimeoutMs: 10_000,
  readTimeoutMs: 0,
};

function failed(fields: object, message = 'said so', over: Partial<ServerTarget> = {}) {
  const error = toDatabaseError(Object.assign(new Error(message), fields), '', target.password);
  const [found] = connectFailed({ ...target, ...over }, error).diagnostics;
  return `${found?.code}: ${found?.message} (${found?.hint})`;
}

test('every way not to get in is told apart', () => {
  expect([
    failed({ code: 'ECONNREFUSED' }),
    failed({ code: 'ETIMEDOUT' }),
    failed({ errno: 1045, code: 'ER_ACCESS_DENIED_ERROR' }),
    failed({ errno: 1045, code: 'ER_ACCESS_DENIED_ERROR' }, 'no', {
      password: '',
      ssl: { verify: true },
    }),
    failed({ errno: 1044, code: 'ER_DBACCESS_DENIED_ERROR' }),
    failed({ errno: 3159 }),
    failed({ code: 'HANDSHAKE_NO_SSL_SUPPORT' }),
    failed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    failed({}, 'Server requests authentication using unknown plugin auth_gssapi_client'),
    failed({ errno: 1040, code: 'ER_CON_COUNT_ERROR' }),
  ]).toMatchInlineSnapshot(`
    [
      "CX5001: nothing listens on \`db.internal:3306\` (start the server, or correct \`host\` and \`port\` of the target)",
      "CX5001: the server at \`db.internal:3306\` did not answer within 10 seconds (a firewall may drop the packets: check host, port and the allowed networks)",
      "CX5002: the server at \`db.internal:3306\` refused the user \`shop\` (check user and password, and from which host the user may connect; an account that requires TLS needs \`ssl: true\`)",
      "CX5002: the server at \`db.internal:3306\` refused the user \`shop\` (the target \`prod\` has no password: set \`password: \${VARIABLE}\`)",
      "CX5003: \`shop\` can neither use nor make the database \`shop\` (as an administrator: CREATE DATABASE \`shop\`; GRANT ALL ON \`shop\`.* TO shop)",
      "CX5005: the server at \`db.internal:3306\` only takes encrypted connections (add \`ssl: true\` to the target \`prod\`)",
      "CX5005: the server at \`db.internal:3306\` has no TLS, which the target demands (remove \`ssl\` from the target \`prod\`, or turn TLS on in the server)",
      "CX5005: the certificate of the server at \`db.internal:3306\` is not trusted (name the file of its authority with \`ssl.ca\`, or set \`ssl.verify: false\` in a network you trust)",
      "CX5007: \`shop\` logs in by a plugin that Cortex does not have (give the account a password: ALTER USER 'shop' IDENTIFIED BY '…')",
      "CX5008: the server at \`db.internal:3306\` has no connection left (lower \`threads\` of the target \`prod\` (now 4) or close other clients)",
    ]
  `);
});

test('a server that is too old is refused', () => {
  const [found] = serverUnsupported(target, readServerVersion('5.7.44')).diagnostics;

  expect(`${found?.code}: ${found?.message} (${found?.hint})`).toMatchInlineSnapshot(
    `"CX5004: the server at \`db.internal:3306\` is MySQL 5.7.44, which is too old (Cortex works with MySQL 8.0.17, MariaDB 10.6 and TiDB 6.1 and newer)"`,
  );
});

test('the reason why a database cannot be made never holds the password', () => {
  const refused = databaseRefused(target, new Error('S3cret! is not allowed'));

  expect(refused.diagnostics[0]?.notes).toEqual(['server: *** is not allowed']);
});

test.each([
  [{ errno: 1142 }, 'CX5009'],
  [{ errno: 1205 }, 'CX5010'],
  [{ errno: 1213 }, 'CX5011'],
  [{ symbol: 'PROTOCOL_CONNECTION_LOST', kind: 'connection_lost' as const }, 'CX5012'],
  [{ errno: 1153 }, 'CX5013'],
  [{ symbol: 'READ_TIMEOUT' }, 'CX5014'],
  [{ errno: 1290 }, 'CX5015'],
  [{ errno: 1317 }, 'CX5020'],
  [{ errno: 1060, message: "Duplicate column name 'id'" }, 'CX5114'],
  [{ errno: 1118 }, 'CX5102'],
])('%j is %s', (fields, code) => {
  const error = new DatabaseError('message' in fields ? fields.message : 'said so', {
    kind: 'statement',
    errno: 0,
    sqlState: 'HY000',
    symbol: '',
    sql: 'select 1',
    ...fields,
  });

  const found = describeDatabaseError(error, generatedSql('select 1'), { node: 'model.shop.m' });

  expect(found).toMatchObject({ code, labels: [], node: 'model.shop.m' });
  expect(found.notes[0]).toContain(error.message);
});
