{{config
    materialized="table"
    primary_key=(list "product_id" "other_product_id")
}}

with order_count as (
    select count(distinct order_id) as orders
    from {{ref "int_baskets"}}
),

product_orders as (
    select product_id, count(*) as orders
    from {{ref "int_baskets"}}
    group by product_id
),

pairs as (
    select
        first_product.product_id,
        other_product.product_id as other_product_id,
        count(*) as orders
    from {{ref "int_baskets"}} as first_product
    inner join {{ref "int_baskets"}} as other_product
        on other_product.order_id = first_product.order_id
        and other_product.product_id > first_product.product_id
    group by first_product.product_id, other_product.product_id
    having count(*) >= {{var "pairs_min_orders"}}
)

select
    pairs.product_id,
    pairs.other_product_id,
    pairs.orders,
    pairs.orders * 1e0 / order_count.orders as support,
    pairs.orders * 1e0 / product_orders.orders as confidence,
    pairs.orders * 1e0 / other_orders.orders as other_confidence,
    pairs.orders * 1e0 * order_count.orders / (product_orders.orders * other_orders.orders) as lift
from pairs
cross join order_count
inner join product_orders
    on product_orders.product_id = pairs.product_id
inner join product_orders as other_orders
    on other_orders.product_id = pairs.other_product_id
