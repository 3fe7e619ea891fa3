-- A wholly refunded redemption gives up its reference, as a released or expired one does: an order that was cancelled and refunded can be
-- paid again. ended_id is 0 while a redemption is live, then its own id.
alter table redemption drop constraint redemption_state;

update redemption
set ended_id = id
where state = 2 and refunded = captured;

alter table redemption add constraint redemption_state check (state between 1 and 4);
alter table redemption add constraint redemption_live
    check (ended_id = case when state = 1 or (state = 2 and refunded < captured) then 0 else id end);
