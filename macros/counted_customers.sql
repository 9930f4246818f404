{{! Whose orders count where customers are counted: everybody's, or those of people who can be known again. }}
{{~#if (eq (var "counted_customers" one_of=(list "everyone" "identified")) "identified")}}
customer_id in (select customer_id from {{ref "int_customer_records"}} where is_identified = 1)
{{~else~}}
true
{{~/if}}
