/** One place that configures a node: a folder of the project file, a properties file, a `config` call. */
export type ConfigLevel = Readonly<Record<string, unknown>>;

type Merge = (weaker: unknown, stronger: unknown) => unknown;

const append: Merge = (weaker, stronger) => [...listOf(weaker), ...listOf(stronger)];
const byKey: Merge = (weaker, stronger) => ({ ...mapOf(weaker), ...mapOf(stronger) });

/** How the values of two levels combine; what is not named here replaces. */
const MERGES: Readonly<Record<string, Merge>> = {
  tags: append,
  pre_hook: append,
  post_hook: append,
  packages: append,
  meta: byKey,
  docs: byKey,
  contract: byKey,
  quoting: byKey,
  column_types: byKey,
  grants: mergeGrants,
};

const RENAMED: Readonly<Record<string, string>> = {
  'pre-hook': 'pre_hook',
  'post-hook': 'post_hook',
};

/** Combines the levels of a node's configuration, weakest first, as dbt does. */
export function mergeConfigs(levels: readonly ConfigLevel[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const level of levels) {
    for (const [written, value] of Object.entries(level)) {
      const key = RENAMED[written] ?? written;
      const merge = MERGES[key];
      merged[key] = merge === undefined ? value : merge(merged[key], value);
    }
  }
  return merged;
}

/** A privilege replaces the weaker level's list, unless it is written with a plus. */
function mergeGrants(weaker: unknown, stronger: unknown): unknown {
  const merged: Record<string, unknown> = { ...mapOf(weaker) };
  for (const [written, grantees] of Object.entries(mapOf(stronger))) {
    const privilege = written.replace(/^\+/, '');
    merged[privilege] = written.startsWith('+')
      ? append(merged[privilege], grantees)
      : listOf(grantees);
  }
  return merged;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
