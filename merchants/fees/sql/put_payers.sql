insert into payer (bucket, id, merchant, unit, code, categories, created_at)
select $1::int2, u.id, $2::uuid, w.id, u.code, string_to_array(u.categories, ','), $3::timestamptz
from unnest($4::uuid[], $5::text[], $6::text[], $7::text[]) u(id, code, unit, categories)
left join fee_unit w on w.bucket = $1::int2 and w.merchant = $2::uuid and w.code = u.unit
on conflict (bucket, merchant, code) do update
set unit = coalesce(excluded.unit, payer.unit),
    categories = case when excluded.categories = '{}' then payer.categories else excluded.categories end
returning code, id
