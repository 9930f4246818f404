/** A database server that takes part in a test run, with a user who may do everything. */
export interface ServerAddress {
  /** `mariadb`, `mysql`, or what `CORTEX_TEST_SERVERS` calls it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly user: string;
  readonly password: string;
  /** The server's program, when the run started it. */
  readonly program?: string;
}

/** Reads `mariadb=mysql://root@127.0.0.1:33061;mysql=mysql://root:pw@127.0.0.1:33062`. */
export function parseServerAddresses(text: string): readonly ServerAddress[] {
  return text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [name = '', ...rest] = part.trim().split('=');
      const url = new URL(rest.join('='));
      return {
        name,
        host: url.hostname,
        port: Number(url.port === '' ? 3306 : url.port),
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
      };
    });
}

declare module 'vitest' {
  interface ProvidedContext {
    servers: readonly ServerAddress[];
  }
}
