select
    {{stage entity="stores" columns=(dict
        platform="'retail'"
        store_id="'uk'"
        store_name="'Online Retail'"
        currency="'GBP'"
        timezone="'Europe/London'"
    )}}
