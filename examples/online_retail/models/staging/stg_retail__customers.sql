-- The file has none.
{{stack_platforms entity="customers" platforms=(list)}}
