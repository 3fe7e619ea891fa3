select create_reference_table('site')
