import { expect, test } from 'vitest';
import { addIndexesSql, createTableSql } from '../../../cli/sql/create-table.ts';

const relation = { database: 'shop', name: 'orders' };

test('a table names every type, key, option and comment', () => {
  const sql = createTableSql({
    relation,
    columns: [
      { name: 'id', type: 'bigint', isNullable: false, comment: "the order's number" },
      { name: 'email', type: 'varchar(255)', isNullable: true, collation: 'utf8mb4_bin' },
    ],
    primaryKey: ['id'],
    engine: 'InnoDB',
    charset: 'utf8mb4',
    collation: 'utf8mb4_unicode_ci',
    rowFormat: 'dynamic',
    partitionBy: 'hash (id) partitions 4',
    comment: 'One row per order',
  });

  expect(sql).toMatchInlineSnapshot(`
    "create table \`shop\`.\`orders\` (
      \`id\` bigint not null comment 'the order\\'s number',
      \`email\` varchar(255) collate utf8mb4_bin null,
      primary key (\`id\`)
    )
    engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci row_format=dynamic comment='One row per order'
    partition by hash (id) partitions 4"
  `);
});

test('a comment longer than the server keeps is cut with an ellipsis', () => {
  const columns = [{ name: 'id', type: 'int', isNullable: true, comment: 'é'.repeat(2000) }];

  expect(createTableSql({ relation, columns })).toContain(`'${'é'.repeat(1023)}…'`);
});

test('indexes are added in one statement', () => {
  const sql = addIndexesSql(relation, [
    { columns: ['customer_id', 'created_at desc'] },
    { columns: ['email'], unique: true },
    { columns: ['note(20)'], name: 'by_note', type: 'hash' },
    { columns: ['(lower(email))'] },
    { columns: ['note'], type: 'fulltext' },
  ]);

  expect(sql).toMatchInlineSnapshot(`
    "alter table \`shop\`.\`orders\`
      add index \`ix_customer_id_created_at_desc_8bb620\` (\`customer_id\`, \`created_at\` desc),
      add unique index \`uq_email\` (\`email\`),
      add index \`by_note\` using hash (\`note\`(20)),
      add index \`ix_lower_email_5393bc\` ((lower(email))),
      add fulltext index \`ix_note\` (\`note\`)"
  `);
});

test('a table without indexes needs no statement', () => {
  expect(addIndexesSql(relation, [])).toBeUndefined();
});
