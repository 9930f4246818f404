-- Each of the 25 pairs of scores has its segment, once.
select
    count(*) as cells,
    count(distinct recency_score, frequency_score) as different_cells
from {{ref "rfm_segments"}}
where recency_score between 1 and 5
    and frequency_score between 1 and 5
having cells <> 25
    or different_cells <> 25
