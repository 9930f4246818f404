/** A request as the log keeps it: without headers and body, and with secrets in the query removed. */
export interface LoggedRequest {
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** 0 where no answer was sent. */
  readonly status: number;
  readonly fault: string | undefined;
  /** By the simulated clock, milliseconds since the Unix epoch. */
  readonly at: number;
}

const SECRET =
  /^(access_token|refresh_token|client_secret|consumer_key|consumer_secret|secret|code|auth_code|assertion|appsecret_proof|fb_exchange_token)$/i;

/** A query with the values of its secrets replaced. */
export function withoutSecrets(query: URLSearchParams): string {
  const shown = new URLSearchParams();
  for (const [name, value] of query) shown.append(name, SECRET.test(name) ? 'removed' : value);
  return shown.toString();
}

/** Whether a query value or a form field is a credential. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}
