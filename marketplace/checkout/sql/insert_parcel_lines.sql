insert into parcel_line (bucket, parcel, position, quantity)
select u.bucket, u.parcel, u.position, u.quantity from each($2::uuid[], $3::int2[], $4::int8[]) u(parcel, position, quantity)
