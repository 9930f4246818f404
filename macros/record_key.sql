concat_ws('|', {{platform}}, {{store_id}}, {{id}})
