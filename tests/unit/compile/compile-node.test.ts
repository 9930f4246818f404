import { expect, test } from 'vitest';
import { compileNode } from '../../../cli/compile/compile-node.ts';
import { compileText } from '../../../cli/compile/compile-text.ts';
import { toSource } from '../../../cli/kernel/rendered-sql.ts';
import type { ManifestNode, ModelNode } from '../../../cli/manifest/node.ts';
import { compileContext, ephemeral, sqlModel } from '../../support/compile-context.ts';
import { problems } from '../../support/template-environment.ts';

function compiled(node: ModelNode, others: readonly ManifestNode[] = []): string {
  const found = compileNode(node, compileContext([node, ...others]));
  expect(found.diagnostics).toEqual([]);
  return found.value.sql.text;
}

test('a ref stands for the quoted relation, wherever the node stands now', () => {
  const parent = sqlModel('parent', '');
  const child = sqlModel('child', 'select * from {{ref "parent"}}');
  const context = compileContext([parent, child], {
    relationFor: () => ({ database: 'shop', name: 'parent__shadow' }),
  });

  expect(compileNode(child, context).value.sql.text).toBe('select * from `shop`.`parent__shadow`');
});

test('an unknown ref is an error at its place with the nearest name', () => {
  const rawCode = 'select * from {{ref "parant"}}';
  const found = compileNode(sqlModel('child', rawCode), compileContext([sqlModel('parent', '')]));

  expect(problems(rawCode, found.diagnostics)).toEqual([
    'CX2101 at `"parant"`: no model, seed or snapshot is named `parant` (did you mean `parent`?)',
  ]);
  expect(found.diagnostics[0]?.node).toBe('model.shop.child');
});

test('semicolons, blanks and comments around a query are dropped', () => {
  expect(compiled(sqlModel('a', "-- first\nselect ';' as c; -- done\n;\n"))).toBe(
    "select ';' as c",
  );
  expect(compiled(sqlModel('a', 'select 1 # end'))).toBe('select 1');
  expect(compiled(sqlModel('a', '  -- nothing\n'))).toBe('');
});

test('a second statement is an error where it begins', () => {
  const rawCode = 'select 1;\ndrop table x';
  const found = compileNode(sqlModel('a', rawCode), compileContext([]));

  expect(problems(rawCode, found.diagnostics)).toEqual([
    'CX3102 at `d`: model `a` holds more than one statement (keep one query; statements that run before or after it belong in `pre_hook` and `post_hook`)',
  ]);
});

test('ephemeral parents become CTEs, each once, parents first', () => {
  const base = ephemeral('base', 'select 1 as id -- one');
  const left = ephemeral('left', 'select * from {{ref "base"}}');
  const child = sqlModel(
    'child',
    'with own as (select * from {{ref "left"}}) select * from own join {{ref "base"}} using (id)',
  );
  const found = compileNode(child, compileContext([base, left, child]));

  expect(found.value.sql.text).toMatchInlineSnapshot(`
    "with \`__cortex__cte__base\` as (
    select 1 as id
    ),
    \`__cortex__cte__left\` as (
    select * from \`__cortex__cte__base\`
    ),
    own as (select * from \`__cortex__cte__left\`) select * from own join \`__cortex__cte__base\` using (id)"
  `);
  expect(found.value.inlined).toEqual(['model.shop.base', 'model.shop.left']);
});

test('every part of an inlined query points to its own file', () => {
  const base = ephemeral('base', 'select 1 as id');
  const child = sqlModel(
    'child',
    'with recursive own as (select 2) select * from {{ref "base"}}, own',
  );
  const { sql } = compileNode(child, compileContext([base, child])).value;

  expect(toSource(sql, sql.text.indexOf('1 as id'))?.span).toEqual({
    file: 'models/base.sql',
    start: 7,
    end: 8,
  });
  expect(toSource(sql, sql.text.indexOf('2)'))?.span.file).toBe('models/child.sql');
  expect(sql.text.slice(0, 40)).toBe('with recursive `__cortex__cte__base` as ');
  expect(sql.map.at(-1)?.end).toBe(sql.text.length);
});

test('an empty run gives every ref an alias unless the template has one', () => {
  const parent = sqlModel('parent', '');
  const child = sqlModel(
    'child',
    'select * from {{ref "parent"}} where 1 union all select * from {{ref "parent"}} p',
  );

  expect(compileNode(child, compileContext([parent, child], { empty: true })).value.sql.text).toBe(
    'select * from (select * from `shop`.`parent` where false limit 0) as `parent` where 1 union all select * from (select * from `shop`.`parent` where false limit 0) p',
  );
});

test('this and is_incremental answer for the node', () => {
  const node = sqlModel(
    'me',
    '{{#if (is_incremental)}}select * from {{this}}{{else}}select 1{{/if}}',
  );

  expect(compiled(node)).toBe('select 1');
  const context = compileContext([node], { isIncremental: () => true });
  expect(compileNode(node, context).value.sql.text).toBe('select * from `shop`.`me`');
});

test('an inline query sees the project', () => {
  const base = ephemeral('base', 'select 1 as id');
  const found = compileText(
    { text: 'select * from {{ref "base"}};', file: '<inline>', packageName: 'shop' },
    compileContext([base]),
  );

  expect(found.value.text).toBe(
    'with `__cortex__cte__base` as (\nselect 1 as id\n)\nselect * from `__cortex__cte__base`',
  );
});
