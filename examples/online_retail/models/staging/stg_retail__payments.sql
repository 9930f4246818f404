-- The file has none.
{{stack_platforms entity="payments" platforms=(list)}}
