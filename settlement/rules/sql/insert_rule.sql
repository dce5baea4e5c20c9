-- insert_rule: one version more, numbered behind the last
insert into match_rule (bucket, id, version, desk, account, merchant, stall, name, words, amount_from, amount_to, maker, made_at)
select $1::int2, $2::uuid, coalesce((select max(r.version) from match_rule r where r.bucket = $1::int2 and r.id = $2::uuid), 0) + 1, $3::uuid, $4::uuid, $5::uuid, $6::uuid,
       $7::text, $8::text, $9::int8, $10::int8, $11::uuid, $12::timestamptz
returning version
