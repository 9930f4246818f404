import { expect, test } from 'vitest';
import {
  isAtLeast,
  isSupported,
  readServerVersion,
} from '../../../cli/warehouse/server-version.ts';

test.each([
  ['9.7.4', 'MySQL 9.7.4', true],
  ['8.0.39-0ubuntu0.22.04.1', 'MySQL 8.0.39', true],
  ['8.0.mysql_aurora.3.05.2', 'MySQL 8.0', true],
  ['5.7.44-log', 'MySQL 5.7.44', false],
  ['8.0.16', 'MySQL 8.0.16', false],
  ['8.0.17', 'MySQL 8.0.17', true],
  ['10.11.19-MariaDB-0+deb12u1', 'MariaDB 10.11.19', true],
  ['5.5.5-10.6.12-MariaDB', 'MariaDB 10.6.12', true],
  ['10.5.23-MariaDB', 'MariaDB 10.5.23', false],
  ['8.0.11-TiDB-v7.5.1', 'TiDB 7.5.1', true],
  ['5.7.25-TiDB-v5.4.0', 'TiDB 5.4.0', false],
])('%s is %s, supported: %s', (text, label, supported) => {
  const server = readServerVersion(text);

  expect(server.label).toBe(label);
  expect(isSupported(server)).toBe(supported);
});

test('versions are compared as numbers', () => {
  expect(isAtLeast('10.11.2', '10.6')).toBe(true);
  expect(isAtLeast('8.0.9', '8.0.21')).toBe(false);
});
