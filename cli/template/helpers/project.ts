import { TemplateFault } from '../fault.ts';
import type { Helper } from '../helper.ts';
import { callSpan, refuse, textArgument } from '../helper.ts';
import {
  environmentVariableMissing,
  secretInTemplate,
  unknownDoc,
  unknownProjectVariable,
} from '../messages.ts';
import { isRecord } from '../values.ts';

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

/** `var "name"`, with a default as second argument. */
export const variable: Helper = {
  name: 'var',
  usage: '{{var "name" "default"}}',
  fewest: 1,
  most: 2,
  evaluate(call) {
    const name = textArgument(call, 0);
    const value = call.environment.variable(name);
    if (value !== undefined) return value;
    if (call.values.length === 2) return call.values[1];
    throw new TemplateFault(
      unknownProjectVariable(name, callSpan(call, 0), call.environment.variableNames),
    );
  },
};

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
