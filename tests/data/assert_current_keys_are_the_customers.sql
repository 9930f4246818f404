-- Every customer of today is under its own key in the history, and nothing else in it is current.
select customers.customer_id
from {{ref "dim_customers"}} as customers
left join {{ref "customer_key_history"}} as history
    on history.customer_id_from = customers.customer_id
    and history.customer_id_to = customers.customer_id
    and history.is_current = 1
where history.customer_id_from is null
union all
select history.customer_id_from as customer_id
from {{ref "customer_key_history"}} as history
left join {{ref "dim_customers"}} as customers
    on customers.customer_id = history.customer_id_from
where history.is_current = 1
    and customers.customer_id is null
