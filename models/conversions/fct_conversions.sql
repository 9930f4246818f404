{{config
    materialized="table"
    primary_key="order_id"
    column_types=(dict order_id="varchar(128)")
}}

-- Orders that a platform may still take: what is older is sent nowhere, and nothing of it is restated.
with sendable_orders as (
    select *
    from {{ref "fct_orders"}}
    where is_test = 0
        and (paid_at is not null or is_valid = 1)
        and order_created_at >= {{as_of}} - interval {{var "conversion_days"}} day
),

items_as_json as (
    select
        items.order_id,
        items.line_position,
        json_object(
            'id', products.external_product_id,
            'name', products.product_name,
            'category', products.category_level_1,
            'quantity', items.quantity,
            'unit_price', items.unit_price
        ) as item
    from sendable_orders as orders
    inner join {{ref "fct_order_items"}} as items
        on items.order_id = orders.order_id
    inner join {{ref "dim_products"}} as products
        on products.product_id = items.product_id
    where items.is_gift_card = 0
),

items_of_order as (
    select
        order_id,
        concat('[', {{listagg "item" delimiter="," order_by="line_position"}}, ']') as items
    from items_as_json
    group by order_id
)

-- The shop's own number is what its tag sends as the event's id; with several platforms a number may come twice.
select
    {{#if (eq (length (var "ecommerce")) 1)}}
    orders.external_order_id as order_id,
    {{else}}
    concat(orders.platform, '-', orders.external_order_id) as order_id,
    {{/if}}
    orders.order_id as identity_key,
    orders.order_created_at as occurred_at,
    '{{client.currency}}' as currency,
    orders.total_amount as total,
    cast(orders.total_amount - orders.refunded_amount as decimal(18,2)) as net_total,
    orders.updated_at as changed_at,
    case when orders.is_valid = 1 then 0 else 1 end as is_cancelled,
    -- A visit to the website counts as one only with its address and its browser.
    case
        when orders.sales_channel = 'pos' then 'physical_store'
        when orders.landing_site is not null and identities.user_agent is not null then 'website'
        else 'other'
    end as action_source,
    orders.landing_site as event_source_url,
    items_of_order.items,
    orders.fbc,
    orders.gclid,
    orders.gbraid,
    orders.wbraid,
    orders.ttclid,
    case records.accepts_marketing when 1 then 'granted' else 'unknown' end as consent_marketing
from sendable_orders as orders
inner join {{ref "int_orders"}} as placed
    on placed.order_id = orders.order_id
left join {{ref "int_customers"}} as records
    on records.record_key = placed.record_key
left join {{ref "customer_identity"}} as identities
    on identities.identity_key = orders.order_id
left join items_of_order
    on items_of_order.order_id = orders.order_id
