select u.code, d.bin, d.account
from unnest($4::text[]) u(code)
cross join (select p.bucket, p.id from benefit_programme p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.code = $3::text) p
cross join lateral (select i.id, i.bucket from benefit_item i where i.bucket = p.bucket and i.programme = p.id and i.code = u.code and i.payout is not null
                    order by i.id desc limit 1 offset 0) i
join person d on d.bucket = i.bucket and d.id = i.id
where d.bin is not null and d.account is not null
