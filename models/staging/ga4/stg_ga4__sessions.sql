{{! A table, and not a view as other staging is: a view would find the first event of every session anew for each reader. }}
{{config
    enabled=(in "ga4" (var "sessions"))
    materialized="incremental"
    unique_key="session_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="session_id"
}}

-- From the export to BigQuery. A session is the browser and the second at which GA4 began it; midnight does not end it.
-- Events are added up along an index of the raw table, in which those of a session lie side by side.
with
{{#if (is_incremental)}}
-- Days are replaced as a whole: events come late and vanish. The sum of when each was read changes with every one; an
-- index alone tells it. Nothing is kept of a session that is as it was.
changed_sessions as (
    select _account_id, user_pseudo_id, ga_session_id
    from {{source "ga4" "events"}}
    where ga_session_id is not null
        and user_pseudo_id <> ''
    group by _account_id, user_pseudo_id, ga_session_id
    having not (cast(sum(timestampdiff(microsecond, '2020-01-01', _synced_at)) as signed) <=> (
        select previous.version
        from {{this}} as previous
        where previous.session_id = {{bigint_key (list "_account_id" "user_pseudo_id" "ga_session_id")}}
    ))
),

keys_of_sessions as (
    select distinct {{bigint_key (list "_account_id" "user_pseudo_id" "ga_session_id")}} as session_id
    from {{source "ga4" "events"}}
    where ga_session_id is not null
        and user_pseudo_id <> ''
),
{{/if}}

-- The page of the first event is found behind a text that sorts as events follow one another: 20 digits of its time
-- and 20 of each of its places. To number the events would sort all of them with all their columns.
sessions as (
    select
        events._account_id,
        events.user_pseudo_id,
        events.ga_session_id,
        min(events.event_at) as started_at,
        max(events.session_source) as source,
        max(events.session_medium) as medium,
        max(events.session_campaign) as campaign,
        max(events.collected_content) as content,
        max(events.collected_term) as term,
        max(events.gclid) as gclid,
        left(substring(
            min(concat(
                date_format(events.event_at, '%Y%m%d%H%i%s%f'),
                lpad(coalesce(events.batch_page_id, 0), 20, '0'),
                lpad(coalesce(events.batch_ordering_id, 0), 20, '0'),
                lpad(coalesce(events.batch_event_index, 0), 20, '0'),
                coalesce(events.page_location, '')
            )),
            81
        ), 2000) as landing_page,
        max(events.transaction_id) as transaction_id,
        cast(sum(timestampdiff(microsecond, '2020-01-01', events._synced_at)) as signed) as version
    {{#if (is_incremental)}}
    -- A left join, though none of them is without events: it keeps the order. Servers take as many to have changed as
    -- there are, and would begin with all events.
    from changed_sessions
    left join {{source "ga4" "events"}} as events
        on events._account_id = changed_sessions._account_id
        and events.user_pseudo_id = changed_sessions.user_pseudo_id
        and events.ga_session_id = changed_sessions.ga_session_id
    {{else}}
    from {{source "ga4" "events"}} as events
    where events.ga_session_id is not null
        and events.user_pseudo_id <> ''
    {{/if}}
    group by events._account_id, events.user_pseudo_id, events.ga_session_id
)

select
    {{bigint_key (list "_account_id" "user_pseudo_id" "ga_session_id")}} as session_id,
    'ga4' as origin,
    concat(cast(_account_id as char(150)), '.', user_pseudo_id, '.', ga_session_id) as session_key,
    concat(cast(_account_id as char(150)), '.', user_pseudo_id) as anonymous_id,
    started_at,
    source,
    medium,
    campaign,
    content,
    term,
    gclid,
    left({{url_parameter "landing_page" "gbraid"}}, 500) as gbraid,
    left({{url_parameter "landing_page" "wbraid"}}, 500) as wbraid,
    left({{url_parameter "landing_page" "fbclid"}}, 500) as fbclid,
    left({{url_parameter "landing_page" "ttclid"}}, 500) as ttclid,
    nullif(landing_page, '') as landing_page,
    transaction_id,
    version
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from sessions
{{#if (is_incremental)}}
union all
{{gone_rows table=this parent="keys_of_sessions" keys=(list "session_id")}}
{{/if}}
