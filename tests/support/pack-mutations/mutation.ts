/** A way to break data that a data test has to notice. */
export interface Mutation {
  /** What is broken, for people: `a touch is dropped`. */
  readonly what: string;
  /** One statement, over the unqualified names of models. */
  readonly sql: string;
}
