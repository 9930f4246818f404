import type { Route } from '../simulator.ts';

/** Google's token endpoint: a refresh token that is known gives an access token for an hour. */
export function googleTokenRoute<World, State>(): Route<World, State> {
  return {
    method: 'POST',
    path: '/token',
    open: true,
    handle: (request, { tokens }) => {
      const form = request.form();
      const isKnown = tokens.check(form.get('refresh_token') ?? undefined) === 'valid';
      if (!isKnown || tokens.isClosed || form.get('grant_type') !== 'refresh_token') {
        return { status: 400, body: { error: 'invalid_grant' } };
      }
      const token = tokens.issue('access', 3_600_000);
      return {
        status: 200,
        body: { access_token: token, expires_in: 3_599, token_type: 'Bearer' },
      };
    },
  };
}

/** The token of `Authorization: Bearer …`. */
export function bearer(headers: Readonly<Record<string, string>>): string | undefined {
  return /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
}
