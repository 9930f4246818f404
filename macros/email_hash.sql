case
    when {{column}} regexp '^[0-9a-f]{64}$' then {{column}}
    when lower(trim({{column}})) in ({{literal (var "identity_ignored_emails")}}) then null
    when lower(trim({{column}})) regexp '^[^@ ]+@[^@ ]+[.][^@ ]+$' then sha2(lower(trim({{column}})), 256)
end
