cast(date_format({{date}}, '%Y%m%d') as signed)
