-- The file has none.
{{stack_platforms entity="abandoned_checkouts" platforms=(list)}}
