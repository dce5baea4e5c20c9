insert into statement_layout (account, columns, format, swapped) values ($1::uuid, $2::text::int4[], $3::int2, $4::bool)
on conflict (account) do update set columns = excluded.columns, format = excluded.format, swapped = excluded.swapped, learned_at = now()
