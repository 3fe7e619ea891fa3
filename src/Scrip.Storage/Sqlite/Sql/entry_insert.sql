insert into entry (site_id, id, certificate_id, kind, amount, balance_after, before, after, actor, created_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
