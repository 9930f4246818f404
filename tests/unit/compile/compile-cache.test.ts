import { expect, test } from 'vitest';
import { compileNodeCached, createCompileCache } from '../../../cli/compile/compile-cache.ts';
import type { CompileContext } from '../../../cli/compile/context.ts';
import type { ManifestNode, ModelNode } from '../../../cli/manifest/node.ts';
import { compileContext, ephemeral, sqlModel } from '../../support/compile-context.ts';
import { templateEnvironment } from '../../support/template-environment.ts';

/** Compiles in one run, then says whether a second run would compile again, and to what. */
function again(
  first: CompileContext,
  second: CompileContext,
  node: ModelNode,
): { sql: string; isNew: boolean } {
  const cache = createCompileCache('1');
  compileNodeCached(node, first, cache);
  const kept = createCompileCache('1', cache.toText());
  const current = second.manifest.nodes.get(node.id) as ModelNode;
  const { sql } = compileNodeCached(current, second, kept).value;
  return { sql: sql.text, isNew: kept.toText() !== undefined };
}

const variable = (value: string): CompileContext['environment'] =>
  templateEnvironment({
    variable: () => value,
    variableNames: ['v'],
    environmentVariable: () => value,
  });
const project = (
  nodes: readonly ManifestNode[],
  value = 'x',
  changes: Partial<CompileContext> = {},
) => compileContext(nodes, { environment: variable(value), ...changes });

test('a model of which nothing changed is not compiled again', () => {
  const node = sqlModel('a', 'select {{var "v"}}');

  expect(again(project([node]), project([node]), node)).toEqual({ sql: 'select x', isNew: false });
});

test('what a template reads makes it compile again', () => {
  const node = sqlModel('a', 'select {{var "v"}}');

  expect(again(project([node]), project([node], 'y'), node)).toEqual({
    sql: 'select y',
    isNew: true,
  });
  expect(again(project([node]), project([sqlModel('a', 'select 2')]), node).sql).toBe('select 2');
});

test('the text of an ephemeral parent counts as the model itself', () => {
  const child = sqlModel('c', 'select * from {{ref "p"}}', {}, { dependsOn: ['model.shop.p'] });
  const before = project([ephemeral('p', 'select 1'), child]);
  const after = project([ephemeral('p', 'select 2'), child]);

  expect(again(before, after, child).sql).toContain('select 2');
});

test('the place of a parent counts, its text does not', () => {
  const child = sqlModel('c', 'select * from {{ref "p"}}', {}, { dependsOn: ['model.shop.p'] });
  const before = project([sqlModel('p', 'select 1'), child]);
  const moved = { relationFor: () => ({ database: 'other', name: 'p' }) };

  expect(again(before, project([sqlModel('p', 'select 2'), child]), child).isNew).toBe(false);
  expect(
    again(before, project([sqlModel('p', 'select 1'), child], 'x', moved), child).sql,
  ).toContain('`other`');
});

test('a model that reads the time of the run is always compiled', () => {
  const node = sqlModel('a', 'select {{quote run_started_at}}');
  const cache = createCompileCache('1');

  compileNodeCached(node, project([node]), cache);

  expect(cache.get(node.id)).toBeUndefined();
});

test('broken text and another format give an empty cache', () => {
  expect(createCompileCache('1', '{').get('a')).toBeUndefined();
  expect(createCompileCache('2', '{"format":"1","entries":[["a",{}]]}').get('a')).toBeUndefined();
});
