-- SQLite is asked by pragmas.
select current_setting('fsync'), current_setting('full_page_writes'), pg_is_in_recovery()
