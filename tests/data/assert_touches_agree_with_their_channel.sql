-- Whether a touch is direct or paid is what its channel is.
select
    touches.touchpoint_id,
    touches.channel_id
from {{ref "fct_touchpoints"}} as touches
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = touches.channel_id
where touches.is_direct <> channels.is_direct
    or touches.is_paid <> channels.is_paid
