{{! Brazilian numbers as 55, area code and number; mobiles of eight digits get their ninth. }}
{{#with (concat "trim(leading '0' from regexp_replace(" column ", '[^0-9]', ''))") as |digits|}}
case
    when {{../column}} regexp '^[0-9a-f]{64}$' then {{../column}}
    when {{digits}} regexp '^(55)?[0-9]{2}[6-9][0-9]{7}$'
        then sha2(concat('55', left(right({{digits}}, 10), 2), '9', right({{digits}}, 8)), 256)
    when {{digits}} regexp '^(55)?[0-9]{10}$' then sha2(concat('55', right({{digits}}, 10)), 256)
    when {{digits}} regexp '^(55)?[0-9]{11}$' then sha2(concat('55', right({{digits}}, 11)), 256)
end
{{/with}}
