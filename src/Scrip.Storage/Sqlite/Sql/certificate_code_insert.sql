-- A separate table here, the index certificate_code_unique on PostgreSQL (docs/decisions/0026-codes-in-order.md).
insert into certificate_code (site_id, code_folded, code, certificate_id)
values ($1, $2, $3, $4)
