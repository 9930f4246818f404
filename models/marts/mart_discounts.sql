{{config
    materialized="table"
    primary_key="coupon_codes"
}}

-- Orders by the coupons that were used together; orders without any are one row. Discounts without a code count too.
select
    coalesce(coupon_codes, '(none)') as coupon_codes,
    count(*) as orders,
    count(distinct customer_id) as customers,
    sum(is_new_customer) as new_customers,
    cast(sum(gross_sales) as decimal(18,2)) as gross_sales,
    cast(sum(discounts) as decimal(18,2)) as discounts,
    sum(discounts) * 1e0 / nullif(sum(gross_sales + gift_card_sales), 0) as discount_rate,
    cast(sum(net_revenue) as decimal(18,2)) as net_revenue,
    min(order_date) as first_used_on,
    max(order_date) as last_used_on
from {{ref "fct_orders"}}
where is_valid = 1
group by coalesce(coupon_codes, '(none)')
