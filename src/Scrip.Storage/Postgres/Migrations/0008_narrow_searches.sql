-- The code alone is unique; its folded form leads because payments look for it. With the id in the index, a search reads only the index.
alter table certificate add constraint certificate_code_unique unique (site_id, code_folded, code) include (id);
