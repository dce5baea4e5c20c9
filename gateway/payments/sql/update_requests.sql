with w as (
    update payment_request r
    set amount_paid = u.amount_paid, late_paid = u.late_paid, status = u.status::request_status, closed = u.closed,
        late_decision = u.late_decision::late_decision, amount = u.amount, description = u.description, expires_at = u.expires_at
    from each($2::uuid[], $3::int8[], $4::int8[], $5::text[], $6::bool[], $7::text[], $8::int8[], $9::text[], $10::timestamptz[])
         u(id, amount_paid, late_paid, status, closed, late_decision, amount, description, expires_at)
    where r.bucket = u.bucket and r.id = u.id
    returning 1)
select 1 / (count(*) = $11::int8)::int from w
