{{! The rate of the day, or the last one of the seven days before (weekends, holidays). No rate is NULL, never 1. }}
case
    when {{currency}} = '{{client.currency}}' then cast(1 as decimal(18,8))
    else (
        select rates.rate
        from {{ref "fx_rates"}} as rates
        where rates.currency = {{currency}}
            and rates.rate_date <= {{date}}
            and rates.rate_date > {{date}} - interval 7 day
        order by rates.rate_date desc
        limit 1
    )
end
