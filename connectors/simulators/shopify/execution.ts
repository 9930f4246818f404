import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import { buildSchema, execute, parse, validate } from 'graphql';
import type { SimulatorRequest } from '../simulator.ts';
import { SCHEMA } from './schema.ts';

const schema = buildSchema(SCHEMA);

export interface Question {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The document of a request, once it fits the schema; else what is wrong with it. */
export function questionOf(
  request: SimulatorRequest,
): Question | { readonly problems: readonly GraphQLError[] } {
  const { query = '', variables = {} } = (request.json() ?? {}) as {
    readonly query?: string;
    readonly variables?: Readonly<Record<string, unknown>>;
  };
  const document = checked(query);
  return 'problems' in document ? document : { document, variables };
}

/** A document that fits the schema, or what is wrong with it. */
export function checked(
  query: string,
): DocumentNode | { readonly problems: readonly GraphQLError[] } {
  try {
    const document = parse(query);
    const problems = validate(schema, document);
    return problems.length > 0 ? { problems } : document;
  } catch (error) {
    return { problems: [error as GraphQLError] };
  }
}

export function executed(
  { document, variables }: Question,
  rootValue: object,
  contextValue: object,
): ExecutionResult {
  const result = execute({
    schema,
    document,
    rootValue,
    contextValue,
    variableValues: variables,
  });
  if (result instanceof Promise) throw new Error('nothing in a simulated shop is asynchronous');
  return result as ExecutionResult;
}
