-- For a single use: the site's last redemption when a capture spent the certificate; 0 while none has.
alter table certificate add column spent_at_redemption_id bigint not null default 0;
alter table certificate alter column spent_at_redemption_id drop default;

update certificate
set spent_at_redemption_id = (select last_redemption_id from counter where counter.site_id = certificate.site_id)
where single_use and spent > 0;
