-- The folded form of a code has changed: the program recomputes it for every code, and the table is built in its new order.
alter table certificate_code rename to certificate_code_before;

-- Every certificate's code once: this table makes it unique and lets payments and searches find it. The code alone is unique; its folded
-- form leads because payments look for it.
create table certificate_code (
    site_id        integer not null,
    -- What CertificateCode.Fold returns.
    code_folded    text    not null,
    code           text    not null,
    certificate_id integer not null,
    constraint certificate_code_pk primary key (site_id, code_folded, code)
) strict, without rowid;

insert into certificate_code (site_id, code_folded, code, certificate_id)
select site_id, fold_code(code) as folded, code, certificate_id
from certificate_code_before
order by site_id, folded, code;

drop table certificate_code_before;

delete from sqlite_stat1 where tbl like 'certificate_code%';
insert into sqlite_stat1 (tbl, idx, stat) values ('certificate_code', 'certificate_code', '1000000 1000000 1 1');
analyze sqlite_schema;
