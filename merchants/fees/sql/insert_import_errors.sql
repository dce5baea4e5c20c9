insert into fee_import_error (import, bucket, row, field, rule)
select $2::uuid, $1::int2, u.row, u.field, u.rule from unnest($3::int4[], $4::text[], $5::text[]) u(row, field, rule)
on conflict (bucket, import, row) do nothing
