/** The files of a new project by their paths. */
export function starterFiles(name: string): Readonly<Record<string, string>> {
  return {
    'cortex_project.yml': projectFile(name),
    'seeds/raw_orders.csv': ORDERS,
    'seeds/_seeds.yml': SEEDS,
    'models/staging/stg_orders.sql': STAGING,
    'models/staging/_staging.yml': STAGING_PROPERTIES,
    'models/marts/fct_customer_orders.sql': MART,
    'models/marts/_marts.yml': MART_PROPERTIES,
    'tests/data/assert_totals_agree.sql': SINGULAR_TEST,
    '.gitignore': 'target/\n.cortex/\n.env\n',
    '.env.example': '# Copy to .env, which stays out of git.\n# DB_PASSWORD=\n',
    'README.md': readme(name),
  };
}

function projectFile(name: string): string {
  return `name: ${name}
version: 0.1.0

target: local
targets:
  local:
    type: local
    database: ${name}
  # A server of your own:
  # prod:
  #   type: mysql
  #   host: db.example.com
  #   user: cortex
  #   password: \${DB_PASSWORD}
  #   database: analytics
  #   threads: 4

test-paths: [tests/data]

models:
  ${name}:
    staging:
      +materialized: view
    marts:
      +materialized: table
`;
}

const ORDERS = `order_id,customer,ordered_at,total
1001,Ana,2026-01-05,120.00
1002,Bruno,2026-01-06,75.50
1003,Ana,2026-02-11,49.90
1004,Carla,2026-02-14,310.00
1005,Bruno,2026-03-02,18.75
`;

const SEEDS = `seeds:
  - name: raw_orders
    description: Orders as the shop exports them
    columns:
      - name: order_id
        data_tests: [unique, not_null]
`;

const STAGING = `select
    order_id,
    customer as customer_name,
    cast(ordered_at as date) as ordered_on,
    cast(total as decimal(12, 2)) as order_total
from {{ref 'raw_orders'}}
`;

const STAGING_PROPERTIES = `models:
  - name: stg_orders
    description: One row an order, with names and types that the rest of the project uses
    columns:
      - name: order_id
        description: Number of the order
        data_tests: [unique, not_null]
      - name: order_total
        data_tests: [not_null]
`;

const MART = `select
    customer_name,
    count(*) as orders,
    sum(order_total) as revenue,
    min(ordered_on) as first_order_on,
    max(ordered_on) as last_order_on
from {{ref 'stg_orders'}}
group by customer_name
`;

const MART_PROPERTIES = `models:
  - name: fct_customer_orders
    description: One row a customer
    config:
      primary_key: customer_name
      column_types:
        customer_name: varchar(100) not null
    columns:
      - name: customer_name
        data_tests:
          - unique
          - not_null
          - accepted_values:
              arguments:
                values: [Ana, Bruno, Carla]
      - name: revenue
        description: Sum of all orders
        data_tests: [not_null]
`;

const SINGULAR_TEST = `-- A test is a query that finds what must not be: here, revenue that got lost on the way.
select marts.revenue, staged.revenue as expected
from (select sum(revenue) as revenue from {{ref 'fct_customer_orders'}}) as marts
cross join (select sum(order_total) as revenue from {{ref 'stg_orders'}}) as staged
where marts.revenue <> staged.revenue
`;

function readme(name: string): string {
  return `# ${name}

SQL models that Cortex Analytics builds, tests and publishes.

\`\`\`
cortex build                          # load seeds, build models, test them, publish what passes
cortex show fct_customer_orders       # look at the result
cortex build --select stg_orders+     # one model and everything below it
\`\`\`

- \`seeds/\`: small CSV files that become tables
- \`models/\`: one SELECT per file; \`{{ref 'name'}}\` names another model
- \`tests/data/\`: queries that must find nothing

The target \`local\` is a private server that starts by itself and keeps its data under \`.cortex/\`.
`;
}
