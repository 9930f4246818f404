-- Lines that were sold at a price. Cancellations (C…), corrections of the stock and free lines are none.
select
    _source_line as line_number,
    invoice_no,
    customer_id,
    country,
    -- The clock in London went an hour ahead of UTC for the summer.
    invoice_date - interval case
        when invoice_date >= '2011-03-27 02:00:00' and invoice_date < '2011-10-30 02:00:00' then 1
        else 0
    end hour as invoiced_at,
    -- 112 codes are written in two ways. To the file they are two products.
    stock_code collate utf8mb4_bin as stock_code,
    nullif(trim(description), '') as description,
    quantity,
    unit_price
from {{source "retail" "order_lines"}}
where invoice_no not like 'C%'
    and quantity > 0
    and unit_price > 0
