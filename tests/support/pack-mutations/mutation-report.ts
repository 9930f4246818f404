/** What became of one mutation of the data under one test. */
export interface MutationResult {
  /** Where the test is declared: a model, or `tests/data`. */
  readonly place: string;
  readonly test: string;
  readonly column: string;
  readonly what: string;
  /** A test that only warns lets the build go on. */
  readonly warns: boolean;
  readonly isNoticed: boolean;
}

/** `docs/data-test-mutations.md`. */
export function mutationReport(results: readonly MutationResult[], servers: string): string {
  const tests = new Set(results.map(({ place, test, column }) => `${place} ${test} ${column}`));
  const survivors = results.filter(({ isNoticed }) => !isNoticed);
  return [
    '# Mutations of data tests',
    '',
    'Written by `tests/integration/pack/mutations.test.ts`, which fails when this page is stale. The pack is built on the',
    'generated shops. Then the data of one test at a time is broken by one statement, exactly that test is run, and',
    `the statement is undone: a test that notices nothing proves nothing. Every test runs on ${servers}.`,
    '',
    `${tests.size} tests, ${results.length} mutations, ${survivors.length} not noticed.`,
    '',
    ...[...new Set(results.map(({ place }) => place))].flatMap((place) => [
      `## ${place}`,
      '',
      '| test | column | what is broken | result |',
      '|---|---|---|---|',
      ...results.filter((result) => result.place === place).map(resultRow),
      '',
    ]),
  ].join('\n');
}

function resultRow({ test, column, what, warns, isNoticed }: MutationResult): string {
  const cells = [`\`${test}\``, column === '' ? '' : `\`${column}\``, what];
  const noticed = warns ? 'warns' : 'fails';
  return `| ${cells.join(' | ')} | ${isNoticed ? noticed : '**notices nothing**'} |`;
}
