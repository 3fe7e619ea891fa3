-- On SQLite, pragmas tell this. The writing session raises synchronous_commit from off (writer_session.sql) and leaves local unchanged.
select current_setting('fsync'), current_setting('full_page_writes'), pg_is_in_recovery(),
       current_setting('synchronous_standby_names') <> '' and current_setting('synchronous_commit') <> 'local'
