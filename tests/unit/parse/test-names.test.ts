import { expect, test } from 'vitest';
import type { TestMetadata } from '../../../cli/parse/test-names.ts';
import { testNames, testUniqueId } from '../../../cli/parse/test-names.ts';
import { fixture } from '../../support/fixture.ts';

interface NameCase {
  readonly test: string;
  readonly namespace: string | null;
  readonly source: string | null;
  readonly target: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly full_name: string;
  readonly alias: string;
}

interface IdCase {
  readonly package: string;
  readonly full_name: string;
  readonly test_metadata: TestMetadata;
  readonly unique_id: string;
}

const { cases, unique_ids: ids } = fixture<{ cases: NameCase[]; unique_ids: { cases: IdCase[] } }>(
  'test_names',
);

test.each(cases)(
  '$full_name',
  ({ test: name, namespace, source, target, args, full_name: fullName, alias }) => {
    const subject = {
      test: name,
      namespace: namespace ?? undefined,
      source: source ?? undefined,
      target,
      arguments: args,
    };

    expect(testNames(subject)).toEqual({ fullName, alias });
  },
);

test.each(ids.cases)(
  '$unique_id',
  ({ package: packageName, full_name: fullName, test_metadata: metadata, unique_id: id }) => {
    expect(testUniqueId(packageName, fullName, metadata)).toBe(id);
  },
);

test('values that Python prints in its own way give the names of dbt', () => {
  const subject = {
    test: 'accepted_range',
    target: 'orders',
    arguments: { expression: 'a\u00a0b\u200b😀', min_value: 0.00001, max_value: [null, 2.5e-12] },
  };
  const metadata = { name: 'accepted_range', namespace: null, kwargs: subject.arguments };

  const { fullName } = testNames(subject);

  expect(fullName).toBe('accepted_range_orders_a_b___None__2_5e_12__1e_05');
  expect(testUniqueId('p', fullName, metadata)).toBe(
    'test.p.accepted_range_orders_a_b___None__2_5e_12__1e_05.001c21cad7',
  );
});
