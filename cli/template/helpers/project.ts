import { TemplateFault } from '../fault.ts';
import type { Helper, HelperCall } from '../helper.ts';
import { callSpan, refuse, textArgument } from '../helper.ts';
import {
  disallowedVariableValue,
  environmentVariableMissing,
  secretInTemplate,
  unknownDoc,
  unknownProjectVariable,
} from '../messages.ts';
import { isRecord, isScalar } from '../values.ts';

const SECRET_PREFIXES = ['CORTEX_SECRET_', 'DBT_ENV_SECRET_'];

/** Hands a node's configuration to whoever renders; writes nothing. Dictionaries are merged in. */
export const config: Helper = {
  name: 'config',
  usage: '{{config materialized="table" tags=(list "daily")}}',
  fewest: 0,
  most: Number.POSITIVE_INFINITY,
  named: 'any',
  evaluate(call) {
    let values: Readonly<Record<string, unknown>> = {};
    for (const [index, value] of call.values.entries()) {
      if (!isRecord(value))
        throw refuse(call, '`config` takes named arguments and dictionaries', index);
      values = { ...values, ...value };
    }
    call.environment.config({ ...values, ...call.named }, callSpan(call));
    return '';
  },
};

/**
 * `var "name"`, with a default as second argument. With `one_of`, the value, or each value of a list, must be in that
 * list.
 */
export const variable: Helper = {
  name: 'var',
  usage: '{{var "name" "default" one_of=(list "default" "other")}}',
  fewest: 1,
  most: 2,
  named: ['one_of'],
  evaluate(call) {
    const name = textArgument(call, 0);
    const value = valueOf(name, call);
    if (Object.hasOwn(call.named, 'one_of')) checkAllowed(name, value, call);
    return value;
  },
};

function valueOf(name: string, call: HelperCall): unknown {
  const value = call.environment.variable(name);
  if (value !== undefined) return value;
  if (call.values.length === 2) return call.values[1];
  throw new TemplateFault(
    unknownProjectVariable(name, callSpan(call, 0), call.environment.variableNames),
  );
}

function checkAllowed(name: string, value: unknown, call: HelperCall): void {
  const allowed = call.named['one_of'];
  if (!Array.isArray(allowed) || allowed.length === 0 || !allowed.every(isScalar))
    throw refuse(call, '`one_of` is a list of texts, numbers and booleans');
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const other = values.findIndex((one) => !isScalar(one) || !allowed.includes(one));
  if (other === -1) return;
  throw new TemplateFault(
    disallowedVariableValue({ name, value: values[other], allowed }, callSpan(call, 0)),
  );
}

/** `env_var "NAME"`, with a default as second argument. Secrets are refused, for rendered SQL is not secret. */
export const environmentVariable: Helper = {
  name: 'env_var',
  usage: '{{env_var "NAME" "default"}}',
  fewest: 1,
  most: 2,
  evaluate(call) {
    const name = textArgument(call, 0);
    if (SECRET_PREFIXES.some((prefix) => name.startsWith(prefix))) {
      throw new TemplateFault(secretInTemplate(name, callSpan(call, 0)));
    }
    const value = call.environment.environmentVariable(name);
    if (value !== undefined) return value;
    if (call.values.length === 2) return call.values[1];
    throw new TemplateFault(environmentVariableMissing(name, callSpan(call, 0)));
  },
};

export const doc: Helper = {
  name: 'doc',
  usage: '{{doc "name"}}',
  fewest: 1,
  most: 1,
  evaluate(call) {
    const name = textArgument(call, 0);
    const text = call.environment.doc(name);
    if (text === undefined) throw new TemplateFault(unknownDoc(name, callSpan(call, 0)));
    return text;
  },
};
