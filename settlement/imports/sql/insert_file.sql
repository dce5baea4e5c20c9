insert into statement_file (id, sha256, name, bytes, told_by, actor_kind, actor)
values ($1::uuid, $2::bytea, $3::text, $4::int8, $5::text, $6::text::actor_kind, $7::uuid)
on conflict (sha256) do nothing
