import type { Route } from './simulator.ts';

export interface MatchedRoute<World, State> {
  readonly route: Route<World, State>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the first route that fits a method and a path. */
export function routeMatcher<World, State>(
  routes: readonly Route<World, State>[],
): (method: string, path: string) => MatchedRoute<World, State> | undefined {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      if (route.method !== method) continue;
      const match = pattern.exec(path);
      if (match !== null) return { route, parameters: decoded(match.groups ?? {}) };
    }
    return undefined;
  };
}

/** `/v1/properties/{id}:runReport` and `/files/*` as an expression with named groups. */
function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{[a-z][A-Za-z]*\}|\*$)/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return part === '*' ? '.*' : `(?<${part.slice(1, -1)}>[^/:]+)`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]),
  );
}
