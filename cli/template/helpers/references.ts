import type { Outcome } from '../../kernel/outcome.ts';
import { hasErrors } from '../../kernel/outcome.ts';
import type { Span } from '../../kernel/span.ts';
import type { RefCall, SourceCall } from '../../manifest/node.ts';
import { TemplateFault } from '../fault.ts';
import type { Helper, HelperCall } from '../helper.ts';
import { callSpan, refuse, textArgument } from '../helper.ts';

/** `ref "model"`, `ref "package" "model"`, `version=2` or `v=2`. */
export const ref: Helper = {
  name: 'ref',
  usage: '{{ref "model"}}',
  fewest: 1,
  most: 2,
  named: ['version', 'v', 'package'],
  evaluate: (call) => unwrap(call.environment.ref(refCall(call))),
};

export const source: Helper = {
  name: 'source',
  usage: '{{source "source" "table"}}',
  fewest: 2,
  most: 2,
  evaluate: (call) => unwrap(call.environment.source(sourceCall(call))),
};

/**
 * `changed_rows (ref "model") "key"`: for a data test that decides for each key alone. In the build of an incremental
 * model it is the rows whose key is that of a changed row, once the test has passed on all of them; the relation otherwise.
 */
export const changedRows: Helper = {
  name: 'changed_rows',
  usage: '{{changed_rows (ref "model") "key"}}',
  fewest: 2,
  most: Number.POSITIVE_INFINITY,
  evaluate(call) {
    const relation = textArgument(call, 0);
    const columns = call.values.slice(1).map((_, index) => textArgument(call, index + 1));
    return call.environment.changedRows?.(relation, columns) ?? relation;
  },
};

function refCall(call: HelperCall): RefCall {
  const last = call.values.length - 1;
  const name = textArgument(call, last);
  const packageName = last === 1 ? textArgument(call, 0) : call.named['package'];
  const version = call.named['version'] ?? call.named['v'];
  if (packageName !== undefined && typeof packageName !== 'string')
    throw refuse(call, 'the package is not text');
  if (version !== undefined && typeof version !== 'string' && typeof version !== 'number') {
    throw refuse(call, 'a version is a number or text');
  }
  return describeRef({ name, package: packageName, version, span: callSpan(call, last) });
}

/** A ref without the parts that were not written. */
export function describeRef(parts: {
  readonly name: string;
  readonly package: string | undefined;
  readonly version: string | number | undefined;
  readonly span: Span;
}): RefCall {
  return {
    name: parts.name,
    ...(parts.package === undefined ? {} : { package: parts.package }),
    ...(parts.version === undefined ? {} : { version: parts.version }),
    span: parts.span,
  };
}

function sourceCall(call: HelperCall): SourceCall {
  const span = { ...callSpan(call, 0), end: callSpan(call, 1).end };
  return { source: textArgument(call, 0), table: textArgument(call, 1), span };
}

function unwrap(found: Outcome<string>): string {
  if (hasErrors(found.diagnostics)) throw new TemplateFault(...found.diagnostics);
  return found.value;
}
