{{! Lines of deleted products may have no product id; then the code, or the name, tells products apart. }}
{{bigint_key (list
    (concat alias ".platform")
    (concat alias ".store_id")
    (concat "coalesce(" alias ".external_product_id, concat('sku:', " alias ".sku), concat('name:', " alias ".product_name), '')")
)}}
