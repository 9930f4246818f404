{{config
    materialized="table"
    primary_key="check_id"
}}

-- What models should show and what they show. A check counts rows of a model, or compares sums over all of them.
with checks as (
    select
        'staged_orders_are_facts' as check_id,
        'reconciliation' as check_level,
        'fct_orders' as model_name,
        'error' as severity,
        'rows' as compares,
        (select count(*) from {{ref "int_orders"}}) as expected_value,
        (select count(*) from {{ref "fct_orders"}}) as actual_value
    union all
    select
        'spend_is_facts', 'reconciliation', 'fct_ad_spend', 'error', 'sums',
        (select coalesce(sum(spend), 0) from {{ref "int_ad_spend"}}),
        (select coalesce(sum(spend), 0) from {{ref "fct_ad_spend"}})
    -- The sums that reports are made of; tests compare the rows of `fct_attribution` with their orders.
    {{#each (var "attribution_models") as |model|}}
    union all
    select
        'attributed_revenue_{{model}}', 'reconciliation', 'int_attribution_days', 'error', 'sums',
        (select coalesce(sum({{attribution_amount}}), 0) from {{ref "fct_orders"}} where is_valid = 1),
        (select coalesce(sum(attributed_revenue), 0) from {{ref "int_attribution_days"}} where attribution_model = '{{model}}')
    {{/each}}
    union all
    select
        'daily_revenue_is_facts', 'reconciliation', 'rpt_daily_performance', 'error', 'sums',
        (select coalesce(sum(total_amount), 0) from {{ref "fct_orders"}} where is_valid = 1),
        (select coalesce(sum(revenue), 0) from {{ref "rpt_daily_performance"}})
    union all
    select
        'customers_hold_all_revenue', 'reconciliation', 'dim_customers', 'error', 'sums',
        (select coalesce(sum(net_revenue), 0) from {{ref "fct_orders"}} where is_valid = 1),
        (select coalesce(sum(total_revenue), 0) from {{ref "dim_customers"}})
    union all
    select
        'orders_with_the_total_of_the_platform', 'logical', 'fct_orders', 'warn', 'rows',
        (select count(*) from {{ref "fct_orders"}}),
        (select count(*) from {{ref "fct_orders"}} where abs(total_amount - platform_total) <= 0.01)
    union all
    select
        'paid_orders_with_their_payments', 'reconciliation', 'fct_payments', 'warn', 'sums',
        (select coalesce(sum(total_amount), 0) from {{ref "fct_orders"}} where is_valid = 1),
        (
            select coalesce(sum(payments.amount), 0)
            from {{ref "fct_payments"}} as payments
            inner join {{ref "fct_orders"}} as orders
                on orders.order_id = payments.order_id
            where orders.is_valid = 1
                and payments.payment_status in ('paid', 'refunded')
        )
    {{#if (var "sessions")}}
    -- Where nobody watches the visits, few orders remember theirs.
    union all
    select
        'valid_orders_with_a_touch', 'analytical', 'int_attribution_paths', 'warn', 'rows',
        (select count(*) from {{ref "fct_orders"}} where is_valid = 1),
        (select count(distinct order_id) from {{ref "int_attribution_paths"}} where is_conversion = 1)
    {{/if}}
    union all
    select
        'touches_with_a_known_channel', 'analytical', 'fct_touchpoints', 'warn', 'rows',
        (select count(*) from {{ref "fct_touchpoints"}}),
        (
            select count(*)
            from {{ref "fct_touchpoints"}} as touches
            inner join {{ref "dim_channels"}} as channels
                on channels.channel_id = touches.channel_id
            where channels.channel <> 'Unassigned'
        )
    union all
    -- The links of ads name a campaign; one that no ad account has is a tag that is written otherwise.
    select
        'paid_touches_with_a_known_campaign', 'analytical', 'fct_touchpoints', 'warn', 'rows',
        (select count(*) from {{ref "fct_touchpoints"}} where is_paid = 1 and campaign is not null),
        (
            select count(*)
            from {{ref "fct_touchpoints"}}
            where is_paid = 1
                and campaign is not null
                and campaign_id is not null
        )
),

-- Shares may lie below the whole: visits are not always seen, nor links always tagged.
ranges as (
    select
        checks.*,
        expected_value * case check_id
            when 'valid_orders_with_a_touch' then 0.6
            when 'touches_with_a_known_channel' then 0.9
            when 'paid_touches_with_a_known_campaign' then 0.8
            else 1
        end as expected_low
    from checks
)

select
    check_id,
    check_level,
    model_name,
    severity,
    cast(expected_value as decimal(18,2)) as expected_value,
    cast(actual_value as decimal(18,2)) as actual_value,
    cast(expected_low as decimal(18,2)) as expected_low,
    cast(expected_value as decimal(18,2)) as expected_high,
    cast(actual_value - expected_value as decimal(18,2)) as difference,
    actual_value * 1e0 / nullif(expected_value, 0) as share,
    -- A sum does not say which of its rows is wrong.
    cast(case when compares = 'rows' then abs(expected_value - actual_value) end as signed) as failed_rows,
    cast(case when compares = 'rows' then greatest(expected_value, actual_value) end as signed) as total_rows,
    actual_value between expected_low and expected_value as is_passed,
    {{as_of}} as as_of
from ranges
