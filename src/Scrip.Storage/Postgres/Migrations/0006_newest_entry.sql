-- The latest date of the site's entries, which shows that a clock was set back: no index of the journal has its dates.
alter table counter add column newest_entry_at bigint not null default 0;
alter table counter alter column newest_entry_at drop default;

update counter
set newest_entry_at = newest.at
from (
    select d.site_id, max(d.created_at) as at
    from (
        select site_id, created_at from entry
        union all
        select site_id, created_at from certificate
    ) d
    group by d.site_id
) newest
where newest.site_id = counter.site_id;
