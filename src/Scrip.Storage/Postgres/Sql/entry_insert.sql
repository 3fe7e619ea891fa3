-- unnest is in the select list because after FROM each column would first be materialized.
insert into entry
    (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor,
     created_at)
select $1, unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::bigint[]),
       unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::bigint[]), unnest($11::text[]),
       unnest($12::bigint[]), unnest($13::bigint[])
