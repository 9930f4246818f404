import { expect, test } from 'vitest';
import { changedPlan, readPlan, shippedPlan } from '../../../../tracking/plan/read-plan.ts';
import { shown, writeProject } from '../../../support/project-files.ts';

const FILE = 'tracking/events.yml';

test('every parameter of every event is declared, and every required one is a parameter', () => {
  const plan = shippedPlan();
  const known = Object.keys(plan.parameters);

  for (const [name, { parameters, required }] of Object.entries(plan.events)) {
    expect(parameters.filter((key) => !known.includes(key))).toEqual([]);
    expect({ [name]: required.filter((key) => !parameters.includes(key)) }).toEqual({ [name]: [] });
  }
});

test('a project without a dictionary has the one that ships', () => {
  expect(readPlan(writeProject({})).value).toEqual(shippedPlan());
  expect(readPlan(undefined).value).toEqual(shippedPlan());
});

test('a project replaces an event, takes one away and adds one at the end', () => {
  const text = `version: 1
parameters:
  store: { type: text, description: The shop in town }
events:
  select_item: null
  search: { description: Looking, items: none, parameters: [search_term] }
  find_store:
    description: Looking for a shop
    items: none
    parameters: [store]
    meta: { event: FindLocation, parameters: { store: ecommerce.store } }
`;
  const { value } = readPlan(writeProject({ [FILE]: text }));

  const shipped = Object.keys(shippedPlan().events).filter((name) => name !== 'select_item');
  expect(Object.keys(value?.events ?? {})).toEqual([...shipped, 'find_store']);
  expect(value?.events['search']?.meta).toBeUndefined();
  expect(value?.events['find_store']?.meta?.event).toBe('FindLocation');
  expect(value?.items).toEqual(shippedPlan().items);
});

test.each([
  [
    'a misspelt key',
    'version: 1\nevents:\n  search: { descripton: x, items: none, parameters: [] }\n',
    [
      'CX8201 tracking/events.yml:3:11 `events.search.description` must be a text',
      'CX8202 tracking/events.yml:3:13 `descripton` is not a key that can stand in `events.search` | did you mean `description`?',
    ],
  ],
  [
    'a parameter that nobody declared',
    'version: 1\nevents:\n  search: { description: x, items: none, parameters: [search_trem] }\n',
    [
      'CX8201 tracking/events.yml:3:55 `search_trem` is no parameter of the event dictionary | did you mean `search_term`?',
    ],
  ],
  [
    'a required parameter that is none',
    'version: 1\nevents:\n  search: { description: x, items: none, parameters: [], required: [method] }\n',
    [
      "CX8201 tracking/events.yml:3:69 `method` is required and not one of the event's parameters | name it under `parameters` of the event as well",
    ],
  ],
  [
    'a source that is none',
    'version: 1\nevents:\n  search: { description: x, items: none, parameters: [], meta: { event: Search, parameters: { q: total } } }\n',
    [
      'CX8201 tracking/events.yml:3:98 `events.search.meta.parameters.q` must be `ecommerce.<key>`, `event.<key>`, `items.ids`, `items.contents` or `items.quantity`',
    ],
  ],
  [
    'broken YAML',
    'version: 1\n\tevents: 1\n',
    [
      'CX1103 tracking/events.yml:2:1 this YAML cannot be read: Tabs are not allowed as indentation | indent with spaces',
    ],
  ],
])('%s is refused at its place', (_, text, expected) => {
  const { value, diagnostics } = changedPlan(shippedPlan(), text);

  expect(value).toBeUndefined();
  expect(shown(diagnostics, { [FILE]: text })).toEqual(expected);
});
