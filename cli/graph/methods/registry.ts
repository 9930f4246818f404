import {
  access,
  group,
  packageName,
  resourceType,
  tag,
  testName,
  testType,
  version,
} from './attributes.ts';
import { config } from './config.ts';
import { result, sourceStatus } from './earlier-runs.ts';
import { fqn } from './fqn.ts';
import type { SelectorMethod } from './method.ts';
import {
  conversion,
  exposure,
  metric,
  savedQuery,
  semanticModel,
  source,
  unitTest,
} from './named.ts';
import type { MethodName } from './names.ts';
import { changed, file, path } from './paths.ts';
import { selector } from './selector.ts';
import { state } from './state.ts';

/** Every selection method. A new one is a name in `names.ts`, an implementation and a line here. */
export const METHODS: Readonly<Record<MethodName, SelectorMethod>> = {
  fqn,
  tag,
  group,
  access,
  source,
  path,
  file,
  package: packageName,
  config,
  test_name: testName,
  test_type: testType,
  resource_type: resourceType,
  state,
  exposure,
  metric,
  result,
  source_status: sourceStatus,
  version,
  semantic_model: semanticModel,
  saved_query: savedQuery,
  unit_test: unitTest,
  selector,
  changed,
  conversion,
};
