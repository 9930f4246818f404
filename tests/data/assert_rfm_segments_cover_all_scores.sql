select count(*) as cells
from {{ref "rfm_segments"}}
having count(*) <> 25
