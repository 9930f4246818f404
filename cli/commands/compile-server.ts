import type { CatalogSnapshot } from '../manifest/relation.ts';
import { PARSE_CAPABILITIES } from '../parse/parse-time.ts';
import { readCatalog } from '../warehouse/catalog.ts';
import type { Database } from '../warehouse/database.ts';
import type { ServerFacts } from './compile-context.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';

/** The server that compiling asks: connected to when first needed, and not at all with `--no-connect`. */
export class CompileServer implements AsyncDisposable {
  readonly #session: ProjectSession;
  #database: Database | undefined;
  #catalog: { readonly asked: string; readonly found: CatalogSnapshot } | undefined;

  constructor(session: ProjectSession) {
    this.#session = session;
  }

  async facts(): Promise<ServerFacts> {
    const { project } = this.#session;
    const offline = { database: project.target.database, capabilities: PARSE_CAPABILITIES };
    return (await this.#connected()) ?? offline;
  }

  /** What stands in databases, as it was when first asked; nothing where no server is asked. */
  async catalog(databases: readonly string[]): Promise<CatalogSnapshot> {
    const asked = databases.join('\n');
    if (this.#catalog?.asked !== asked)
      this.#catalog = { asked, found: await this.#readCatalog(databases) };
    return this.#catalog.found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database?.[Symbol.asyncDispose]();
  }

  async #readCatalog(databases: readonly string[]): Promise<CatalogSnapshot> {
    const database = await this.#connected();
    return database === undefined ? new Map() : readCatalog(database.control, databases);
  }

  async #connected(): Promise<Database | undefined> {
    if (this.#session.flags.connect) this.#database ??= await openDatabase(this.#session);
    return this.#database;
  }
}
