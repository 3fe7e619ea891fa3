insert into entry
    (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor,
     created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
