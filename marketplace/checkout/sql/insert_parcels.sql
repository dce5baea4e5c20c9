insert into parcel (bucket, id, "order", shipped_at, status, carrier, tracking)
select u.bucket, u.id, u.parent, u.shipped_at, 'shipped', u.carrier, u.tracking
from each($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[]) u(id, parent, shipped_at, carrier, tracking)
