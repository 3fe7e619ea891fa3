-- SQLite plans by its statistics. Without any, it assumes that the site, the first column of every key, is as selective as any other
-- column, and scans a whole site to find one payment or one code. These rows describe a site with many certificates once and for all
-- (https://sqlite.org/lang_analyze.html): the rows of the index, then the rows for each value of its first column, of its first two …
analyze;
delete from sqlite_stat1;
insert into sqlite_stat1 (tbl, idx, stat) values
    ('certificate', 'certificate', '1000000 1000000 1'),
    ('certificate', 'sqlite_autoindex_certificate_2', '1000000 1000000 1 1'),
    ('certificate', 'sqlite_autoindex_certificate_3', '1000000 1000000 1'),
    ('entry', 'entry', '1000000 1000000 1'),
    ('redemption', 'redemption', '1000000 1000000 1'),
    ('redemption', 'sqlite_autoindex_redemption_2', '1000000 1000000 10 1 1'),
    ('redemption', 'redemption_open_hold', '10000 2 1'),
    ('idempotency_record', 'idempotency_record', '1000000 1000000 100000 1');
analyze sqlite_schema;
