{{! A table: a view would find the first event of every session anew for each of its tests. }}
{{config
    enabled=(in "ga4" (var "sessions"))
    materialized="table"
}}

-- From the export to BigQuery. A session is the browser and the second at which GA4 began it; midnight does not end it.
with events as (
    select
        cast(_account_id as char(150)) as account_id,
        user_pseudo_id,
        ga_session_id,
        event_at,
        session_source,
        session_medium,
        session_campaign,
        collected_content,
        collected_term,
        gclid,
        page_location,
        transaction_id,
        _synced_at,
        row_number() over (
            partition by _account_id, user_pseudo_id, ga_session_id
            order by event_at, batch_page_id, batch_ordering_id, batch_event_index
        ) as event_position
    from {{source "ga4" "events"}}
    where ga_session_id is not null
        and user_pseudo_id <> ''
)

select
    'ga4' as origin,
    concat(account_id, '.', user_pseudo_id, '.', ga_session_id) as session_key,
    concat(account_id, '.', user_pseudo_id) as anonymous_id,
    min(event_at) as started_at,
    max(session_source) as source,
    max(session_medium) as medium,
    max(session_campaign) as campaign,
    max(collected_content) as content,
    max(collected_term) as term,
    max(gclid) as gclid,
    max(case when event_position = 1 then left({{url_parameter "page_location" "gbraid"}}, 500) end) as gbraid,
    max(case when event_position = 1 then left({{url_parameter "page_location" "wbraid"}}, 500) end) as wbraid,
    max(case when event_position = 1 then left({{url_parameter "page_location" "fbclid"}}, 500) end) as fbclid,
    max(case when event_position = 1 then left({{url_parameter "page_location" "ttclid"}}, 500) end) as ttclid,
    max(case when event_position = 1 then left(page_location, 2000) end) as landing_page,
    max(transaction_id) as transaction_id,
    -- Days are replaced as a whole: events come late and vanish. The sum of when each was read changes with every one.
    cast(sum(timestampdiff(microsecond, '2020-01-01', _synced_at)) as signed) as version
from events
group by account_id, user_pseudo_id, ga_session_id
