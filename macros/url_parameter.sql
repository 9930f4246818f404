{{! What stands between `?name=` or `&name=` and the next `&` or `#`; an empty text is none. }}
nullif(
    case
        when {{url}} like '%?{{name}}=%'
            then substring_index(substring_index(substring_index({{url}}, '?{{name}}=', -1), '&', 1), '#', 1)
        when {{url}} like '%&{{name}}=%'
            then substring_index(substring_index(substring_index({{url}}, '&{{name}}=', -1), '&', 1), '#', 1)
    end,
    ''
)
