insert into order_return_line (bucket, return_id, position, quantity)
select u.bucket, u.return_id, u.position, u.quantity from each($2::uuid[], $3::int2[], $4::int8[]) u(return_id, position, quantity)
