select p.merchant, p.code, l.period, l.file_hash, l.id
from each($2::uuid[], $3::text[], $4::text[], $5::bytea[]) u(merchant, code, period, file_hash)
cross join lateral (select * from benefit_programme p where p.bucket = u.bucket and p.merchant = u.merchant and p.code = u.code offset 0) p
cross join lateral (select * from benefit_list l where l.bucket = p.bucket and l.programme = p.id and l.period = u.period
                    and l.file_hash = u.file_hash and l.status <> 'rejected' offset 0) l
