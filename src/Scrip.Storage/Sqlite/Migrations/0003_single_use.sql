-- For a single-use certificate: the site's last redemption id when a capture spent the certificate; 0 before that.
alter table certificate add column spent_at_redemption_id integer not null default 0;

update certificate
set spent_at_redemption_id = (select last_redemption_id from counter where counter.site_id = certificate.site_id)
where single_use = 1 and spent > 0;
