import { stringLiteral } from '../../sql/literal.ts';
import { column } from './argument-types.ts';
import type { BuiltInTest } from './built-in-test.ts';
import { defineTest } from './built-in-test.ts';
import { matchesRegex } from './pattern-match.ts';

function formatTest(name: string, description: string, pattern: string): BuiltInTest {
  return defineTest({
    name,
    description,
    decidedBy: 'row',
    arguments: { column_name: column },
    rows: ({ model, values: { column_name } }) => `select *
from ${model} as tested
where not (${matchesRegex(column_name, stringLiteral(pattern))})`,
  });
}

export const validUuid = formatTest(
  'valid_uuid',
  'Every text is a UUID with its dashes; nulls pass',
  '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
);

export const validEmail = formatTest(
  'valid_email',
  'Every text looks like an e-mail address; nulls pass',
  '^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:[.][A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$',
);

export const validUrl = formatTest(
  'valid_url',
  'Every text is an http or https address; nulls pass',
  '^https?://[^[:space:]/?#]+[^[:space:]]*$',
);

export const validHttpMethod = formatTest(
  'valid_http_method',
  'Every text is a method of HTTP in upper case; nulls pass',
  '^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT)$',
);
