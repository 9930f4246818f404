import type { Manifest } from '../../manifest/manifest.ts';
import { nodesOfType } from '../../manifest/nodes-of-type.ts';
import type { Relation } from '../../manifest/relation.ts';
import { relationKey } from '../../manifest/relation.ts';
import type { SetupConfig } from '../../project/setup-config.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';

/** One statement of `cortex setup`. */
export interface SetupStatement {
  readonly sql: string;
  /** As people see it: a password is a word in angle brackets. */
  readonly shown: string;
}

export interface SetupFacts {
  readonly manifest: Manifest;
  /** The target's own database. */
  readonly database: string;
  readonly dashboard: SetupConfig['dashboard'];
  /** Keys of the relations that stand in the server. */
  readonly standing: ReadonlySet<string>;
}

export interface SetupPlan {
  readonly statements: readonly SetupStatement[];
  /** Relations that the dashboard is to read once they are built. */
  readonly later: readonly Relation[];
}

/** What makes the databases of a project, and the user of its dashboards; every statement may run again. */
export function setupPlan({ manifest, database, dashboard, standing }: SetupFacts): SetupPlan {
  const nodes = nodesOfType(manifest.nodes, 'model', 'seed', 'snapshot');
  const databases = new Set([database, ...nodes.map(({ relation }) => relation.database)]);
  const made = [...databases].map((name) =>
    open(`create database if not exists ${identifier(name)} character set utf8mb4`),
  );
  if (dashboard === undefined) return { statements: made, later: [] };
  const account = `${literal(dashboard.user)}@${literal(dashboard.host)}`;
  const readable = nodesOfType(manifest.nodes, 'model')
    .filter(({ relation, config }) => {
      return relation.database === database && config.materialized !== 'ephemeral';
    })
    .filter(({ path }) => dashboard.folders.some((folder) => path.includes(`/${folder}/`)))
    .map(({ relation }) => relation);
  return {
    statements: [
      ...made,
      withPassword(`create user if not exists ${account} identified by `, dashboard.password),
      withPassword(`alter user ${account} identified by `, dashboard.password),
      ...readable
        .filter((relation) => standing.has(relationKey(relation)))
        .map((relation) => open(`grant select on ${relationSql(relation)} to ${account}`)),
    ],
    later: readable.filter((relation) => !standing.has(relationKey(relation))),
  };
}

function open(sql: string): SetupStatement {
  return { sql, shown: sql };
}

function withPassword(sql: string, password: string): SetupStatement {
  return { sql: `${sql}${literal(password)}`, shown: `${sql}'<password>'` };
}
