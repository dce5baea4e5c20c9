insert into day_close (bucket, day, revision, closed_at, journal, accounts, clearing, unexplained, actor_kind, actor, reason)
values ($1::int2, $2::date, $3::int2, $4::timestamptz, $5::int8, $6::int4, $7::int4, $8::int4, $9::text::actor_kind, $10::uuid, $11::text)
