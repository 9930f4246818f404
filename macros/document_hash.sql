{{! CPF has 11 digits, CNPJ 14; one digit repeated is what people type to get past the field. }}
{{#with (concat "regexp_replace(" column ", '[^0-9]', '')") as |digits|}}
case
    when {{../column}} regexp '^[0-9a-f]{64}$' then {{../column}}
    when {{digits}} = repeat(left({{digits}}, 1), char_length({{digits}})) then null
    when {{digits}} regexp '^([0-9]{11}|[0-9]{14})$' then sha2({{digits}}, 256)
end
{{/with}}
