{{! What touches share of an order: what the buyer was asked for, or what stays of it after refunds. }}
{{~#if (eq (var "attribution_amount" one_of=(list "revenue" "net_revenue")) "net_revenue")}}net_revenue{{else}}total_amount{{/if~}}
