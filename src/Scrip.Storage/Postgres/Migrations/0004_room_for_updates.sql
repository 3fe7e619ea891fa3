-- Half of each page stays free for the next version of its rows: then a change of a certificate whose code stays touches no index
-- (docs/decisions/0014-room-for-updates.md). Pages that are full already stay so until the table is written anew.
alter table certificate set (fillfactor = 50);
