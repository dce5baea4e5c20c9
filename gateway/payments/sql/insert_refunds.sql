insert into refund (bucket, id, payment, request, amount, status, reason, created_at, merchant, maker_kind, maker, approver_kind, approver,
                    destination, taken_from, reference, failure, decided_at)
select u.bucket, u.id, u.payment, u.request, u.amount, u.status::refund_status, u.reason, u.created_at, u.merchant,
       u.maker_kind::actor_kind, u.maker, u.approver_kind::actor_kind, u.approver, u.destination, u.taken_from::money_place, u.reference,
       u.failure, u.decided_at
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::int8[], $6::text[], $7::text[], $8::timestamptz[], $9::uuid[], $10::text[], $11::uuid[],
          $12::text[], $13::uuid[], $14::uuid[], $15::text[], $16::text[], $17::text[], $18::timestamptz[])
     u(id, payment, request, amount, status, reason, created_at, merchant, maker_kind, maker, approver_kind, approver, destination,
       taken_from, reference, failure, decided_at)
