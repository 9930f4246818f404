{{config
    materialized="incremental"
    unique_key="order_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="order_item_id"
    indexes=(list (dict columns=(list "order_id" "synced_at")) (dict columns=(list "product_id")))
}}

-- The lines of an order are made again together when the order is another, or what its goods cost.
with
{{#if (is_incremental)}}
{{#if (in "shopify" (var "ecommerce"))}}
-- A line of Shopify does not keep what it cost: it costs what its variant costs today.
costs_today as (
    select
        store_id,
        external_variant_id,
        max(unit_cost) as unit_cost
    from ({{stack_platforms entity="variants" platforms=(list "shopify")}}) as variants
    group by store_id, external_variant_id
),

{{/if}}
changed_orders as (
    {{orders_made_again table=this}}
    {{#if (in "shopify" (var "ecommerce"))}}
    union
    select previous.order_id
    from {{this}} as previous
    left join costs_today
        on costs_today.store_id = previous.store_id
        and costs_today.external_variant_id = previous.external_variant_id
    where previous.platform = 'shopify'
        and not (costs_today.unit_cost <=> previous.unit_cost)
    {{/if}}
),

staged as (
    {{stack_platforms entity="order_items" platforms=(var "ecommerce") where=(of_changed_orders)}}
),
{{else}}
staged as (
    {{stack_platforms entity="order_items" platforms=(var "ecommerce")}}
),
{{/if}}

valued as (
    select
        {{bigint_key (list "items.platform" "items.store_id" "items.external_order_id" "items.external_item_id")}} as order_item_id,
        orders.order_id,
        orders.order_discount,
        orders.shipping_revenue,
        orders.synced_at,
        items.*,
        {{product_key "items"}} as product_id,
        cast(round(items.quantity * items.unit_price * orders.fx_rate, 2) as decimal(18,2)) as gross_amount,
        cast(round(items.line_discount * orders.fx_rate, 2) as decimal(18,2)) as line_discount_local,
        cast(round(items.quantity * items.unit_cost * orders.fx_rate, 2) as decimal(18,2)) as cogs
    from staged as items
    inner join {{ref "int_orders"}} as orders
        on orders.platform = items.platform
        and orders.store_id = items.store_id
        and orders.external_order_id = items.external_order_id
    {{#if (is_incremental)}}
    inner join changed_orders
        on changed_orders.order_id = orders.order_id
    {{/if}}
),

-- A discount or freight goes to the lines by their gross. Each line takes the rounded running share less what was
-- taken before it, so that the lines add up to the cent.
running as (
    select
        valued.*,
        sum(gross_amount) over (partition by order_id) as order_gross,
        sum(gross_amount) over (
            partition by order_id
            order by line_number, external_item_id
            rows between unbounded preceding and current row
        ) as gross_through_line,
        row_number() over (partition by order_id order by line_number, external_item_id) as line_position,
        count(*) over (partition by order_id) as line_count
    from valued
),

taken as (
    select
        running.*,
        case
            when line_position = line_count then order_discount
            else coalesce(round(order_discount * gross_through_line / nullif(order_gross, 0), 2), 0)
        end as discount_through_line,
        case
            when line_position = line_count then shipping_revenue
            else coalesce(round(shipping_revenue * gross_through_line / nullif(order_gross, 0), 2), 0)
        end as shipping_through_line
    from running
),

allocated as (
    select
        taken.*,
        discount_through_line - coalesce(lag(discount_through_line) over previous_line, 0) as order_discount_allocated,
        shipping_through_line - coalesce(lag(shipping_through_line) over previous_line, 0) as shipping_allocated
    from taken
    window previous_line as (partition by order_id order by line_position)
)

select
    items.order_item_id,
    items.order_id,
    items.external_item_id,
    items.line_position,
    items.product_id,
    {{bigint_key (list "items.product_id" "coalesce(items.external_variant_id, '')")}} as variant_id,
    items.external_product_id,
    items.external_variant_id,
    items.platform,
    items.store_id,
    items.sku,
    items.product_name,
    cast(items.quantity as decimal(18,4)) as quantity,
    items.unit_price,
    items.gross_amount,
    items.line_discount_local as line_discount,
    cast(items.order_discount_allocated as decimal(18,2)) as order_discount_allocated,
    cast(
        items.gross_amount - items.line_discount_local - items.order_discount_allocated as decimal(18,2)
    ) as net_amount,
    cast(items.shipping_allocated as decimal(18,2)) as shipping_allocated,
    items.unit_cost,
    items.cogs,
    items.is_gift_card,
    items.synced_at
    {{#if (is_incremental)}}
    , 0 as is_gone
from allocated as items
union all
{{gone_rows table=this parent=(ref "int_orders") keys=(list "order_id") remade="changed_orders"}}
    {{else}}
from allocated as items
    {{/if}}
