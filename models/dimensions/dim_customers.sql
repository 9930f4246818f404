{{config
    materialized="table"
    column_types=(dict
        external_customer_id="varchar(100)"
        email_hash="varchar(64)"
        first_order_channel="varchar(50)"
        total_orders="int"
        rfm_segment="varchar(50)"
    )
    primary_key="customer_id"
    indexes=(list (dict columns=(list "first_order_date")) (dict columns=(list "rfm_segment")))
}}

with accounts as (
    select
        records.customer_id,
        customers.record_key,
        customers.external_customer_id,
        customers.platform,
        customers.email_hash,
        customers.phone_hash,
        customers.document_hash,
        customers.accepts_marketing,
        row_number() over (
            partition by records.customer_id
            order by customers.is_guest, customers.created_at, customers.record_key
        ) as oldest_first
    from {{ref "int_customer_records"}} as records
    inner join {{ref "int_customers"}} as customers
        on customers.record_key = records.record_key
),

people as (
    select
        customer_id,
        max(case when oldest_first = 1 then coalesce(external_customer_id, record_key) end) as external_customer_id,
        coalesce(max(case when oldest_first = 1 then email_hash end), min(email_hash)) as email_hash,
        coalesce(max(case when oldest_first = 1 then phone_hash end), min(phone_hash)) as phone_hash,
        coalesce(max(case when oldest_first = 1 then document_hash end), min(document_hash)) as document_hash,
        count(*) as account_count,
        group_concat(distinct platform order by platform separator ',') as platforms,
        max(accepts_marketing) as accepts_marketing
    from accounts
    group by customer_id
),

sums as (
    select
        customer_id,
        min(order_created_at) as first_order_at,
        min(order_date) as first_order_date,
        max(order_date) as last_order_date,
        max(case when customer_order_seq = 1 then store_key end) as first_order_store_key,
        count(*) as total_orders,
        sum(total_amount) as gross_revenue,
        sum(net_revenue) as total_revenue
    from {{ref "fct_orders"}}
    where is_valid = 1
    group by customer_id
),

-- The last valid order has the number that says how many there are.
history as (
    select
        sums.*,
        last_orders.city,
        last_orders.state
    from sums
    inner join {{ref "fct_orders"}} as last_orders
        on last_orders.customer_id = sums.customer_id
        and last_orders.customer_order_seq = sums.total_orders
),

first_channels as (
    select
        orders.customer_id,
        max(channels.channel) as first_order_channel
    from {{ref "fct_orders"}} as orders
    inner join {{ref "fct_attribution"}} as attribution
        on attribution.order_id = orders.order_id
        and attribution.attribution_model = 'last_non_direct'
        and attribution.weight > 0
    inner join {{ref "dim_channels"}} as channels
        on channels.channel_id = attribution.channel_id
    where orders.customer_order_seq = 1
    group by orders.customer_id
)

select
    people.customer_id,
    left(people.external_customer_id, 100) as external_customer_id,
    people.email_hash,
    people.phone_hash,
    people.document_hash,
    people.account_count,
    people.platforms,
    people.accepts_marketing,
    history.first_order_at,
    history.first_order_date,
    left(first_channels.first_order_channel, 50) as first_order_channel,
    history.first_order_store_key,
    history.last_order_date,
    cast(coalesce(history.total_orders, 0) as signed) as total_orders,
    cast(coalesce(history.total_revenue, 0) as decimal(18,2)) as total_revenue,
    cast(coalesce(history.gross_revenue, 0) as decimal(18,2)) as gross_revenue,
    cast(history.total_revenue / history.total_orders as decimal(18,2)) as avg_order_value,
    case
        when rfm.rfm_segment is not null then rfm.rfm_segment
        when history.total_orders > 0 then 'unidentified'
        else 'prospect'
    end as rfm_segment,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    churn.is_churned,
    predicted.p_alive,
    predicted.predicted_ltv_365d as predicted_ltv,
    history.city,
    history.state
from people
left join history
    on history.customer_id = people.customer_id
left join first_channels
    on first_channels.customer_id = people.customer_id
left join {{ref "mart_customer_rfm"}} as rfm
    on rfm.customer_id = people.customer_id
left join {{ref "mart_customer_churn"}} as churn
    on churn.customer_id = people.customer_id
left join {{ref "mart_customer_ltv_predicted"}} as predicted
    on predicted.customer_id = people.customer_id
