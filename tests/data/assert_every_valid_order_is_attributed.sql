-- Under every model. Counted, for no order has two first touches, and no order that is not valid has any.
with valid_orders as (
    select count(*) as orders
    from {{ref "fct_orders"}}
    where is_valid = 1
),

models as (
    {{#each (var "attribution_models") as |model|}}
    select '{{model}}' as attribution_model{{#unless @last}} union all{{/unless}}
    {{/each}}
),

orders_of_models as (
    select
        attribution_model,
        count(*) as orders
    from {{ref "fct_attribution"}}
    where touch_position = 1
    group by attribution_model
)

select
    models.attribution_model,
    valid_orders.orders,
    coalesce(orders_of_models.orders, 0) as attributed_orders
from models
cross join valid_orders
left join orders_of_models
    on orders_of_models.attribution_model = models.attribution_model
where coalesce(orders_of_models.orders, 0) <> valid_orders.orders
