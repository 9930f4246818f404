import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import type { Outcome } from '../../cli/kernel/outcome.ts';
import { hasErrors, outcome } from '../../cli/kernel/outcome.ts';
import { readText } from '../../cli/platform/fs.ts';
import { validate } from '../../cli/project/validate.ts';
import type { YamlValue } from '../../cli/project/yaml.ts';
import { parseYaml } from '../../cli/project/yaml.ts';
import { eventOfUnknownKey, missingParameter, repositoryDictionary } from './messages.ts';
import type { PlanChanges, TrackingPlan } from './schema.ts';
import { changesSchema, planSchema } from './schema.ts';

/** Relative to a project, and to the package. */
const PLAN_FILE = 'tracking/events.yml';
const CODES = { invalid: 'CX8201', unknownKey: 'CX8202' } as const;

/** Two folders up from the sources as from the built files. */
const SHIPPED = fileURLToPath(new URL(`../../${PLAN_FILE}`, import.meta.url));

/** The dictionary that ships, with the changes of a project's own; broken ones give diagnostics. */
export function readPlan(projectDirectory: string | undefined): Outcome<TrackingPlan | undefined> {
  const shipped = shippedPlan();
  if (projectDirectory === undefined) return outcome(shipped);
  const path = join(projectDirectory, PLAN_FILE);
  const text = path === SHIPPED ? undefined : readText(path);
  return text === undefined ? outcome(shipped) : changedPlan(shipped, text);
}

/** The dictionary of the package, without changes. */
export function shippedPlan(): TrackingPlan {
  const yaml = parseYaml(readText(SHIPPED) ?? '', PLAN_FILE).value;
  const checked = yaml && validate(planSchema, yaml, PLAN_FILE, CODES).value;
  if (checked === undefined) throw new Error(repositoryDictionary(SHIPPED));
  return checked;
}

/** `text` is what the project's file says. */
export function changedPlan(
  shipped: TrackingPlan,
  text: string,
): Outcome<TrackingPlan | undefined> {
  const parsed = parseYaml(text, PLAN_FILE);
  if (hasErrors(parsed.diagnostics)) return outcome(undefined, parsed.diagnostics);
  if (parsed.value === undefined) return outcome(shipped);
  const checked = validate(changesSchema, parsed.value, PLAN_FILE, CODES);
  if (checked.value === undefined) return outcome(undefined, checked.diagnostics);
  const plan = merged(shipped, checked.value);
  const problems = undeclared(plan, checked.value, parsed.value);
  return outcome(hasErrors(problems) ? undefined : plan, problems);
}

/** Events keep their places, so that what is made of them keeps its numbers. */
function merged(shipped: TrackingPlan, changes: PlanChanges): TrackingPlan {
  const events = Object.entries({ ...shipped.events, ...changes.events }).flatMap(([name, event]) =>
    event === null ? [] : [[name, event] as const],
  );
  const { most, needs_one_of: needed, parameters } = shipped.items;
  return {
    version: 1,
    parameters: { ...shipped.parameters, ...changes.parameters },
    items: {
      most: changes.items.most ?? most,
      needs_one_of: changes.items.needs_one_of ?? needed,
      parameters: { ...parameters, ...changes.items.parameters },
    },
    events: Object.fromEntries(events),
  };
}

/** Events of the project that name parameters which nobody declared. */
function undeclared(plan: TrackingPlan, changes: PlanChanges, yaml: YamlValue): Diagnostic[] {
  const known = Object.keys(plan.parameters);
  return Object.entries(changes.events).flatMap(([name, event]) => {
    const { parameters = [], required = [] } = event ?? {};
    const strangers = parameters
      .map((key, index) => ({ key, path: ['events', name, 'parameters', index] }))
      .filter(({ key }) => !known.includes(key))
      .map(({ key, path }) => eventOfUnknownKey(key, known, { yaml, path, file: PLAN_FILE }));
    const absent = required
      .map((key, index) => ({ key, path: ['events', name, 'required', index] }))
      .filter(({ key }) => !parameters.includes(key))
      .map(({ key, path }) => missingParameter(key, { yaml, path, file: PLAN_FILE }));
    return [...strangers, ...absent];
  });
}
