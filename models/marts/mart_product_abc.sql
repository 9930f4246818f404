{{config
    materialized="table"
    primary_key="product_id"
}}

-- Revenue of a product: its lines after discounts and refunds, in the window that ends with `as_of`.
with sales as (
    select
        items.product_id,
        sum(items.net_after_refunds) as revenue,
        sum(items.quantity - items.refunded_quantity) as units
    from {{ref "fct_order_items"}} as items
    inner join {{ref "fct_orders"}} as orders
        on orders.order_id = items.order_id
    where orders.is_valid = 1
        and orders.order_date > {{as_of}} - interval {{var "abc_window_days"}} day
    group by items.product_id
),

products as (
    select
        products.product_id,
        products.external_product_id,
        coalesce(sales.revenue, 0) as revenue,
        coalesce(sales.units, 0) as units,
        greatest(coalesce(sales.revenue, 0), 0) as counted_revenue
    from {{ref "int_products"}} as products
    left join sales
        on sales.product_id = products.product_id
),

ranked as (
    select
        products.*,
        row_number() over (order by counted_revenue desc, external_product_id, product_id) as revenue_rank,
        sum(counted_revenue) over best_first as revenue_through_product,
        sum(counted_revenue) over () as total_revenue
    from products
    window best_first as (
        order by counted_revenue desc, external_product_id, product_id
        rows between unbounded preceding and current row
    )
)

-- A product is in A while those before it have less than the threshold: the best seller always is.
select
    product_id,
    cast(revenue as decimal(18,2)) as revenue,
    cast(units as decimal(18,4)) as units,
    revenue_rank,
    counted_revenue * 1e0 / nullif(total_revenue, 0) as revenue_share,
    revenue_through_product * 1e0 / nullif(total_revenue, 0) as cumulative_share,
    case
        when counted_revenue = 0 then 'C'
        when revenue_through_product - counted_revenue < {{lookup (var "abc_thresholds") "a"}} * total_revenue then 'A'
        when revenue_through_product - counted_revenue < {{lookup (var "abc_thresholds") "b"}} * total_revenue then 'B'
        else 'C'
    end as abc_classification
from ranked
