insert into fee_import (bucket, id, merchant, actor_kind, actor, created_at, rows_all, rows_good, state, kind, file_name, problem, file)
values ($1::int2, $2::uuid, $3::uuid, $4::text::actor_kind, $5::uuid, $6::timestamptz, $7::int4, $8::int4, $9::text::import_state, $10::text, $11::text,
        $12::text, nullif($13::bytea, ''::bytea))
