insert into guardian (bucket, payer, person, relation)
select $1::int2, u.payer, u.person, u.relation from unnest($2::uuid[], $3::uuid[], $4::text[]) u(payer, person, relation)
on conflict (bucket, payer, person) do update set relation = excluded.relation
