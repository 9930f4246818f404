{{config
    materialized="incremental"
    unique_key="visit_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="visit_id"
    indexes=(list
        (dict columns=(list "visit_key") unique=true)
        (dict columns=(list "anonymous_id" "occurred_at"))
    )
}}

-- The visit that an order itself remembers, a second before it. Marketplaces and drafts have none.
with visits_of_orders as (
    select
        'order' as origin,
        concat('order-', order_id) as visit_key,
        null as anonymous_id,
        order_id,
        order_created_at - interval 1 second as occurred_at,
        utm_source as source,
        utm_medium as medium,
        utm_campaign as campaign,
        utm_content as content,
        utm_term as term,
        gclid,
        gbraid,
        wbraid,
        fbclid,
        ttclid,
        landing_site as landing_page,
        null as transaction_id,
        timestampdiff(microsecond, '2020-01-01', synced_at) as version
    from {{ref "int_orders"}}
    where sales_channel = 'store'
        and coalesce(utm_source, utm_medium, utm_campaign, gclid, gbraid, wbraid, ttclid, fbclid) is not null
),

{{#if (in "google_ads" (var "ads"))}}
-- By a number, which is looked up faster than a text.
google_clicks as (
    {{! Looked up by a name that is put together: the model is there only where Google Ads is switched on. }}
    select
        {{bigint_key (list "gclid")}} as click_key,
        min(platform_campaign_id) collate utf8mb4_bin as platform_campaign_id
    from {{ref (concat "stg_google_ads__" "clicks")}}
    group by 1
),
{{/if}}

{{#if (is_incremental)}}
{{#if (in "google_ads" (var "ads"))}}
changed_clicks as (
    select distinct previous.visit_key
    from {{this}} as previous
    left join google_clicks
        on google_clicks.click_key = {{bigint_key (list "previous.gclid")}}
    where previous.gclid is not null
        and not (previous.click_campaign_id <=> google_clicks.platform_campaign_id)
),
{{/if}}

-- Visits are made again that are other than before or do not say so, and clicks whose campaign Google told since.
-- One look along the key for each: of `not exists` MariaDB makes a table of all visits, which may not fit into memory.
changed_sessions as (
    {{stack_platforms entity="sessions" platforms=(var "sessions") where=(concat
        "version is null or not (version <=> ("
        "select previous.version from " this " as previous"
        " where previous.visit_id = " (bigint_key (list "staged_rows.session_key"))
        "))"
    )}}
),

sessions as (
    select * from changed_sessions
    {{#if (in "google_ads" (var "ads"))}}
    union
    select *
    from (
        {{stack_platforms entity="sessions" platforms=(var "sessions") where="session_key in (select visit_key from changed_clicks)"}}
    ) as sessions_of_clicks
    {{/if}}
),
{{else}}
sessions as (
    {{stack_platforms entity="sessions" platforms=(var "sessions")}}
),
{{/if}}

seen as (
    select
        origin,
        session_key as visit_key,
        anonymous_id,
        cast(null as signed) as order_id,
        started_at as occurred_at,
        source,
        medium,
        campaign,
        content,
        term,
        gclid,
        gbraid,
        wbraid,
        fbclid,
        ttclid,
        landing_page,
        transaction_id,
        version
    from sessions
    union all
    select *
    from visits_of_orders
    {{#if (is_incremental)}}
    where version is null
        or not (version <=> (
            select previous.version
            from {{this}} as previous
            where previous.visit_id = {{bigint_key (list "visits_of_orders.visit_key")}}
        ))
    {{#if (in "google_ads" (var "ads"))}}
    union
    select *
    from visits_of_orders
    where visit_key in (select visit_key from changed_clicks)
    {{/if}}
    {{/if}}
),

{{#if (is_incremental)}}
-- Distinct, though they are: MariaDB keeps an index of what is.
visits_today as (
    select distinct {{bigint_key (list "visit_key")}} as visit_id
    from (
        select session_key as visit_key, started_at as occurred_at
        from (
            {{stack_platforms entity="sessions" platforms=(var "sessions") only=(list "session_key" "started_at")}}
        ) as keys_of_sessions
        union all
        select visit_key, occurred_at
        from visits_of_orders
    ) as keys_of_rows
    where {{local_time "occurred_at"}} < {{as_of}} + interval 1 day
),
{{/if}}

all_visits as (
    select
        seen.*,
        {{local_time "occurred_at"}} as occurred_local
    from seen
    where {{local_time "occurred_at"}} < {{as_of}} + interval 1 day
),

visits as (
    select
        all_visits.*,
        {{#if (in "google_ads" (var "ads"))}}
        google_clicks.platform_campaign_id as click_campaign_id
    from all_visits
    left join google_clicks
        on google_clicks.click_key = {{bigint_key (list "all_visits.gclid")}}
        {{else}}
        cast(null as char(100)) as click_campaign_id
    from all_visits
        {{/if}}
),

-- Click ids speak where UTM values are missing. `fbclid` is on unpaid links too, so that alone it is not paid.
named as (
    select
        visits.*,
        coalesce(source, medium, campaign) is null or source = '(direct)' as has_no_utm,
        coalesce(gclid, gbraid, wbraid) is not null as is_google_click
    from visits
),

resolved as (
    select
        named.*,
        lower(trim(case
            when has_no_utm and is_google_click then 'google'
            when has_no_utm and ttclid is not null then 'tiktok'
            when has_no_utm and fbclid is not null then 'facebook'
            else coalesce(source, '')
        end)) as traffic_source,
        lower(trim(case
            when has_no_utm and (is_google_click or ttclid is not null) then 'cpc'
            when has_no_utm and fbclid is not null then 'social'
            else coalesce(medium, '')
        end)) as traffic_medium,
        lower(trim(coalesce(campaign, ''))) as traffic_campaign,
        -- Links can name the campaign by its id, beside a name that may have changed since; of a click Google knows it.
        left(coalesce(
            {{url_parameter "landing_page" "utm_id"}},
            {{url_parameter "landing_page" "hsa_cam"}},
            {{url_parameter "landing_page" "gad_campaignid"}},
            click_campaign_id,
            ''
        ), 100) as campaign_reference
    from named
)

select
    {{bigint_key (list "visit_key")}} as visit_id,
    visit_key,
    origin,
    anonymous_id,
    order_id,
    occurred_at,
    occurred_local,
    traffic_source as source,
    traffic_medium as medium,
    traffic_campaign as campaign,
    content,
    term,
    gclid,
    gbraid,
    wbraid,
    fbclid,
    ttclid,
    landing_page,
    transaction_id,
    campaign_reference,
    {{bigint_key (list "traffic_source" "traffic_medium" "traffic_campaign" "campaign_reference")}} as traffic_key,
    click_campaign_id,
    version
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from resolved
{{#if (is_incremental)}}
union all
{{gone_rows table=this parent="visits_today" keys=(list "visit_id")}}
{{/if}}
