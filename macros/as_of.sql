{{! The last day that counts. Without the variable it is the day before the run, in the client's time zone. }}
{{~#if (var "as_of" "")~}}
cast({{literal (var "as_of")}} as date)
{{~else~}}
{{#with (concat "cast('" (replace (replace run_started_at "T" " ") "Z" "") "' as datetime(6))") as |started|~}}
(cast({{local_time started}} as date) - interval 1 day)
{{~/with}}
{{~/if~}}
