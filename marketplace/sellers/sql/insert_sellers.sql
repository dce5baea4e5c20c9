insert into seller (merchant, bucket, stall, opened_by, resident, kind, slug, name, phone, address, commune, province, tax_code, introduction, created_at)
select n.merchant, n.bucket, n.stall, n.opened_by, n.resident, n.kind::seller_kind, n.slug, n.name, n.phone, n.address, n.commune, n.province, n.tax_code,
       n.introduction, $15
from unnest($1::uuid[], $2::int2[], $3::uuid[], $4::uuid[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
            $12::text[], $13::text[], $14::text[])
     as n (merchant, bucket, stall, opened_by, resident, kind, slug, name, phone, address, commune, province, tax_code, introduction)
on conflict (merchant) do nothing
