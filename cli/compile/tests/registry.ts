import { acceptedRange } from './accepted-range.ts';
import { acceptedValues } from './accepted-values.ts';
import { meanInRange, stddevInRange, sumInRange } from './aggregate-in-range.ts';
import { atLeastOne } from './at-least-one.ts';
import { cardinalityEquality } from './cardinality-equality.ts';
import { equalRowcount } from './equal-rowcount.ts';
import { equality } from './equality.ts';
import { expressionIsTrue } from './expression-is-true.ts';
import { fewerRowsThan } from './fewer-rows-than.ts';
import { mutuallyExclusiveRanges } from './mutually-exclusive-ranges.ts';
import { notAcceptedValues } from './not-accepted-values.ts';
import { notConstant } from './not-constant.ts';
import { notEmptyString } from './not-empty-string.ts';
import { notInFuture } from './not-in-future.ts';
import { notNullProportion } from './not-null-proportion.ts';
import { notNull } from './not-null.ts';
import { numberOfRows } from './number-of-rows.ts';
import {
  matchLikePatternList,
  matchRegexPatternList,
  notMatchLikePatternList,
  notMatchRegexPatternList,
} from './pattern-lists.ts';
import { recency } from './recency.ts';
import { relationshipsWhere } from './relationships-where.ts';
import { relationships } from './relationships.ts';
import { rowCountBetween } from './row-count-between.ts';
import { rowCountChange } from './row-count-change.ts';
import { sequentialValues } from './sequential-values.ts';
import { stringLengthBetween } from './string-length-between.ts';
import { stringLengthEqual } from './string-length-equal.ts';
import { sumEquals } from './sum-equals.ts';
import { uniqueCombinationOfColumns } from './unique-combination-of-columns.ts';
import { unique } from './unique.ts';
import { validEmail, validHttpMethod, validUrl, validUuid } from './valid-formats.ts';
import { validJson } from './valid-json.ts';
import { zScore } from './z-score.ts';
import type { BuiltInTest } from './built-in-test.ts';

/** Every data test that ships with Cortex. */
const ALL: readonly BuiltInTest[] = [
  unique,
  notNull,
  acceptedValues,
  relationships,
  acceptedRange,
  atLeastOne,
  cardinalityEquality,
  equalRowcount,
  equality,
  expressionIsTrue,
  fewerRowsThan,
  matchLikePatternList,
  matchRegexPatternList,
  meanInRange,
  mutuallyExclusiveRanges,
  notAcceptedValues,
  notConstant,
  notEmptyString,
  notInFuture,
  notMatchLikePatternList,
  notMatchRegexPatternList,
  notNullProportion,
  numberOfRows,
  recency,
  relationshipsWhere,
  rowCountBetween,
  rowCountChange,
  sequentialValues,
  stddevInRange,
  stringLengthBetween,
  stringLengthEqual,
  sumEquals,
  sumInRange,
  uniqueCombinationOfColumns,
  validEmail,
  validHttpMethod,
  validJson,
  validUrl,
  validUuid,
  zScore,
];

/** By name: those of dbt, of dbt_utils and of SQLMesh mean what they mean there. */
export const BUILT_IN_TESTS: ReadonlyMap<string, BuiltInTest> = new Map(
  ALL.map((test) => [test.name, test]),
);
