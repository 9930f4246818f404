/** A table or view in the server. In MySQL a database and a schema are one thing. */
export interface Relation {
  readonly database: string;
  readonly name: string;
}

/** What stands under a relation's name in the server. */
export type RelationKind = 'table' | 'view';

/** A column as the server describes it. */
export interface CatalogColumn {
  readonly name: string;
  /** The full type in the server's words, lower case: `decimal(12,2)`, `varchar(50)`. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly collation?: string;
  readonly comment: string;
}

export interface CatalogRelation {
  readonly relation: Relation;
  readonly kind: RelationKind;
  readonly columns: readonly CatalogColumn[];
  readonly comment: string;
}

/** What stood in the databases of a run when it looked. Keys are `relationKey`. */
export type CatalogSnapshot = ReadonlyMap<string, CatalogRelation>;

/** One text per relation, to key maps with. Names are compared as written. */
export function relationKey(relation: Relation): string {
  return `${relation.database}\u0000${relation.name}`;
}
