-- Discards the plans of statements that are planned once. SQLite plans by what a migration tells it.
discard plans
