with w as (
    update payout o set status = u.status::payout_status, approver_kind = u.approver_kind::actor_kind, approver = u.approver,
           reference = u.reference, attempt = u.attempt, line = u.line, returned_by = u.returned_by, asked = u.asked, failure = u.failure,
           bank_reference = u.bank_reference, approved_at = u.approved_at, submitted_at = u.submitted_at, settled_at = u.settled_at,
           booked_at = u.booked_at
    from each($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::int4[], $11::text[],
              $12::text[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[])
         u(id, status, approver_kind, approver, reference, attempt, line, returned_by, asked, failure, bank_reference, approved_at,
           submitted_at, settled_at, booked_at)
    where o.bucket = u.bucket and o.id = u.id
    returning 1)
select 1 / (count(*) = $17::int8)::int from w
