{{! The local day whose revenue a valid order is. A payment after `as_of` has not come in by then. }}
{{~#if (eq (var "revenue_date" one_of=(list "order" "payment")) "payment")}}
cast(greatest(
    {{alias}}.order_date,
    case
        when {{alias}}.is_valid = 1 and {{alias}}.paid_at is not null
            then least(cast({{local_time (concat alias ".paid_at")}} as date), {{as_of}})
        else {{alias}}.order_date
    end
) as date)
{{~else~}}
{{alias}}.order_date
{{~/if~}}
