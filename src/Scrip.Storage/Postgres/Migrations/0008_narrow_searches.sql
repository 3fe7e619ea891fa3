-- The code alone is unique; its folded form leads because payments look for that. With the id in the index, a search reads nothing else.
alter table certificate add constraint certificate_code_unique unique (site_id, code_folded, code) include (id);
