import { stringLiteral } from '../../sql/literal.ts';
import { column, texts } from './argument-types.ts';
import type { BuiltInTest } from './built-in-test.ts';
import { defineTest } from './built-in-test.ts';
import { matchesLike, matchesRegex } from './pattern-match.ts';

interface PatternTest {
  readonly name: string;
  readonly description: string;
  readonly matches: (column: string, pattern: string) => string;
  readonly failsOnMatch: boolean;
}

function patternTest({ name, description, matches, failsOnMatch }: PatternTest): BuiltInTest {
  return defineTest({
    name,
    description,
    decidedBy: 'row',
    arguments: { column_name: column, patterns: texts },
    rows: ({ model, values: { column_name, patterns } }) => {
      const any = patterns
        .map((pattern) => matches(column_name, stringLiteral(pattern)))
        .join(' or ');
      return `select *
from ${model} as tested
where ${failsOnMatch ? any : `not (${any})`}`;
    },
  });
}

export const matchRegexPatternList = patternTest({
  name: 'match_regex_pattern_list',
  description: 'Every text matches one of the regular expressions, case mattering; nulls pass',
  matches: matchesRegex,
  failsOnMatch: false,
});

export const notMatchRegexPatternList = patternTest({
  name: 'not_match_regex_pattern_list',
  description: 'No text matches one of the regular expressions, case mattering',
  matches: matchesRegex,
  failsOnMatch: true,
});

export const matchLikePatternList = patternTest({
  name: 'match_like_pattern_list',
  description: 'Every text is like one of the patterns with % and _, case mattering; nulls pass',
  matches: matchesLike,
  failsOnMatch: false,
});

export const notMatchLikePatternList = patternTest({
  name: 'not_match_like_pattern_list',
  description: 'No text is like one of the patterns with % and _, case mattering',
  matches: matchesLike,
  failsOnMatch: true,
});
