-- SQLite plans by what it knows of its tables. Where it knows nothing it takes the site, the first column of every key, for as narrow as
-- any of them, and walks a whole site to find one payment or one code. These say once and for all what a site with many certificates is
-- like (https://sqlite.org/lang_analyze.html): rows of the index, then rows for each value of its first column, of its first two …
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
