-- The folded form of a code has changed, and the program recomputes it for every code (PostgresFolding). Without this index, a row whose
-- folded form changes can stay on its page, and no other index is written. The next step creates the index again.
alter table certificate drop constraint certificate_code_unique;
