{{! Whether a payment that was waited for is too old by the end of `as_of`; other methods wait as long as boletos. }}
case
    when {{alias}}.payment_status = 'expired' then 1
    when {{alias}}.payment_status = 'pending'
        and {{alias}}.order_created_local + interval case {{alias}}.payment_method
            when 'pix' then {{lookup (var "pending_expiry_hours") "pix"}}
            else {{lookup (var "pending_expiry_hours") "boleto"}}
        end hour < {{as_of}} + interval 1 day
        then 1
    else 0
end
