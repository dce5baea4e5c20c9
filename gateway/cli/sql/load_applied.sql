select number, sha256, applied_at from schema_migration order by number
