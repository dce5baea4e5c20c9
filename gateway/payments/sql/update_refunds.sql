with w as (
    update refund f set status = u.status::refund_status, maker_kind = u.maker_kind::actor_kind, maker = u.maker,
           approver_kind = u.approver_kind::actor_kind, approver = u.approver, destination = u.destination,
           taken_from = u.taken_from::money_place, reference = u.reference, failure = u.failure, decided_at = u.decided_at
    from each($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[],
              $12::timestamptz[])
         u(id, status, maker_kind, maker, approver_kind, approver, destination, taken_from, reference, failure, decided_at)
    where f.bucket = u.bucket and f.id = u.id
    returning 1)
select 1 / (count(*) = $13::int8)::int from w
