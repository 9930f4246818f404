import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Relation } from '../manifest/relation.ts';
import type { StatementRunner } from '../materialize/materialization.ts';
import type {
  Answer,
  Connection,
  Row,
  RunOptions,
  StatementResult,
} from '../warehouse/database.ts';

export interface StepSessionOptions {
  readonly node: NodeId;
  readonly signal: AbortSignal;
  readonly onStatement: (sql: string) => void;
  readonly onFilling: (relation: Relation) => void;
}

/** Sends the statements of one step through the session of its worker, and remembers the last one. */
export class StepSession implements StatementRunner {
  readonly connection: Connection;
  readonly #options: StepSessionOptions;
  #last: RenderedSql | undefined;

  constructor(connection: Connection, options: StepSessionOptions) {
    this.connection = connection;
    this.#options = options;
  }

  /** Whose statements these are. */
  get node(): NodeId {
    return this.#options.node;
  }

  /** What was sent last, of several what a template wrote: a failure is a failure of this. */
  get lastStatement(): RenderedSql | undefined {
    return this.#last;
  }

  async execute(statement: RenderedSql | string): Promise<StatementResult> {
    return this.connection.execute(this.#note(statement), this.#cancellable());
  }

  async query(statement: RenderedSql | string): Promise<readonly Row[]> {
    return this.connection.query(this.#note(statement), this.#cancellable());
  }

  async sendEach(statements: readonly (RenderedSql | string)[]): Promise<readonly Answer[]> {
    const texts = statements.map((statement) => this.#note(statement));
    this.#last = statements.find((statement) => typeof statement !== 'string') ?? this.#last;
    return this.connection.sendEach(texts, this.#cancellable());
  }

  /** Sends what must not be cut short: a commit, a rollback, a clean-up. */
  async finish(statement: string): Promise<void> {
    await this.connection.execute(this.#note(statement), { node: this.#options.node });
  }

  filling(relation: Relation): void {
    this.#options.onFilling(relation);
  }

  #note(statement: RenderedSql | string): string {
    const rendered = typeof statement === 'string' ? generatedSql(statement) : statement;
    this.#last = rendered;
    this.#options.onStatement(rendered.text);
    return rendered.text;
  }

  #cancellable(): RunOptions {
    return { node: this.#options.node, signal: this.#options.signal };
  }
}
