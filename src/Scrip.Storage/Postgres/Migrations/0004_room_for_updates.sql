-- Half of each page stays free for the next version of its rows, so that a change of a certificate that keeps its code touches no index
-- (docs/decisions/0014-room-for-updates.md). Pages that are already full stay full until the table is rewritten.
alter table certificate set (fillfactor = 50);
