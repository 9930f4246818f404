-- The file has none.
{{stack_platforms entity="refunds" platforms=(list)}}
