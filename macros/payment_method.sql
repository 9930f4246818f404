case
    when lower({{column}}) like '%pix%' then 'pix'
    when lower({{column}}) like '%boleto%' or lower({{column}}) like '%billet%' then 'boleto'
    when lower({{column}}) like '%gift%' or lower({{column}}) like '%vale%' then 'gift_card'
    when lower({{column}}) like '%debit%' then 'debit_card'
    when lower({{column}}) like '%credit%' or lower({{column}}) like '%card%' then 'credit_card'
    when lower({{column}}) like '%wallet%' or lower({{column}}) like '%paypal%' or lower({{column}}) like '%picpay%'
        then 'wallet'
    else 'other'
end
