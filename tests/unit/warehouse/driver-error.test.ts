import { expect, test } from 'vitest';
import { toDatabaseError } from '../../../cli/warehouse/driver-error.ts';
import {
  readComment,
  withComment,
  withoutComment,
} from '../../../cli/warehouse/statement-comment.ts';

test('a password never stays in an error', () => {
  const error = Object.assign(new Error('login as shop:s3cret failed'), { sql: 's3cret' });

  const found = toDatabaseError(error, "ALTER USER shop IDENTIFIED BY 's3cret'", 's3cret');

  expect(`${JSON.stringify(found)} ${found.message} ${found.stack}`).not.toContain('s3cret');
});

test.each([
  [{ errno: 1213, code: 'ER_LOCK_DEADLOCK' }, 'deadlock'],
  [{ errno: 1205, code: 'ER_LOCK_WAIT_TIMEOUT' }, 'lock_timeout'],
  [{ errno: 1020, code: 'ER_CHECKREAD' }, 'table_changed'],
  [{ errno: -111, code: 'ECONNREFUSED' }, 'connect_failed'],
  [{ code: 'PROTOCOL_CONNECTION_LOST' }, 'connection_lost'],
  [{ fatal: true }, 'connection_lost'],
  [{ errno: 1064, code: 'ER_PARSE_ERROR' }, 'statement'],
])('%j is of the kind %s', (fields, kind) => {
  expect(toDatabaseError(Object.assign(new Error('…'), fields), '', '').kind).toBe(kind);
});

test('the comment of a statement names the run and the node and can be taken off', () => {
  const sent = withComment('select 1', 'r1', 'model.shop.orders');

  expect(sent).toBe('/* cortex:r1:model.shop.orders */ select 1');
  expect(readComment(sent)).toEqual({ runId: 'r1', node: 'model.shop.orders' });
  expect(withoutComment(sent)).toBe('select 1');
  expect(readComment('/* somebody else */ select 1')).toBeUndefined();
});

test('a node cannot end the comment', () => {
  expect(readComment(withComment('select 1', 'r1', 'a*/b'))).toEqual({ runId: 'r1', node: 'a_/b' });
});
