insert into order_refund (bucket, refund, "order", seller_order, is_return)
select u.bucket, u.refund, u.parent, u.part, u.is_return from each($2::uuid[], $3::uuid[], $4::uuid[], $5::bool[]) u(refund, parent, part, is_return)
