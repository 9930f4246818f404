{{config enabled=(eq (var "rfm_method") "rank")}}

-- Under `rank`, who bought oftener never has a lower score.
with bounds as (
    select
        frequency_score,
        min(frequency) as least_frequency,
        max(frequency) as most_frequency
    from {{ref "mart_customer_rfm"}}
    group by frequency_score
)

select low.frequency_score, high.frequency_score as higher_score
from bounds as low
inner join bounds as high
    on high.frequency_score > low.frequency_score
where high.least_frequency <= low.most_frequency
