-- Models differ in what they give a touch, not in the touches: each has those of the first one.
select shares.attribution_model, shares.order_id, shares.touch_position
from {{changed_rows (ref "fct_attribution") "order_id"}} as shares
left join {{ref "fct_attribution"}} as first_model
    on first_model.attribution_model = '{{lookup (var "attribution_models") 0}}'
    and first_model.order_id = shares.order_id
    and first_model.touch_position = shares.touch_position
where first_model.order_id is null
    or not (
        first_model.touchpoint_id <=> shares.touchpoint_id
        and first_model.touch_count <=> shares.touch_count
        and first_model.channel_id <=> shares.channel_id
        and first_model.campaign_id <=> shares.campaign_id
        and first_model.date_key <=> shares.date_key
    )
