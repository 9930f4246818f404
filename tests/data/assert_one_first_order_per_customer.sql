select customer_id, sum(is_new_customer) as first_orders
from {{ref "fct_orders"}}
where is_valid = 1
group by customer_id
having sum(is_new_customer) <> 1
