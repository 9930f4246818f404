import type { ModelNode, SeedNode } from '../manifest/node.ts';
import { relationSql } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';

const PRIVILEGE = /^[a-z][a-z ]*$/i;

/**
 * `grants: { select: [reporting, 'ana@localhost'] }` as statements. The server keeps privileges by name,
 * so they outlive every swap; granting what is granted changes nothing.
 */
export function grantStatements(node: ModelNode | SeedNode): readonly string[] {
  return Object.entries(node.config.grants ?? {})
    .filter(([privilege, users]) => PRIVILEGE.test(privilege) && users.length > 0)
    .map(
      ([privilege, users]) =>
        `grant ${privilege} on ${relationSql(node.relation)} to ${users.map(accountSql).join(', ')}`,
    );
}

/** `ana@localhost` is a user of one host, `ana` of all hosts. */
function accountSql(account: string): string {
  const at = account.lastIndexOf('@');
  const user = at < 0 ? account : account.slice(0, at);
  const host = at < 0 ? '%' : account.slice(at + 1);
  return `${literal(user)}@${literal(host)}`;
}
