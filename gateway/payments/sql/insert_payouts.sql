insert into payout (bucket, id, purpose, refund, merchant, account, amount, destination, maker_kind, maker, reason, created_at, status,
                    approver_kind, approver, reference, attempt, line, returned_by, asked, failure, bank_reference, approved_at,
                    submitted_at, settled_at, booked_at, programme)
select u.bucket, u.id, u.purpose::payout_purpose, u.refund, u.merchant, u.account, u.amount, u.destination, u.maker_kind::actor_kind, u.maker,
       u.reason, u.created_at, u.status::payout_status, u.approver_kind::actor_kind, u.approver, u.reference, u.attempt, u.line,
       u.returned_by, u.asked, u.failure, u.bank_reference, u.approved_at, u.submitted_at, u.settled_at, u.booked_at, u.programme
from each($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int8[], $8::uuid[], $9::text[], $10::uuid[], $11::text[],
          $12::timestamptz[], $13::text[], $14::text[], $15::uuid[], $16::text[], $17::uuid[], $18::uuid[], $19::uuid[], $20::int4[],
          $21::text[], $22::text[], $23::timestamptz[], $24::timestamptz[], $25::timestamptz[], $26::timestamptz[], $27::uuid[])
     u(id, purpose, refund, merchant, account, amount, destination, maker_kind, maker, reason, created_at, status, approver_kind, approver,
       reference, attempt, line, returned_by, asked, failure, bank_reference, approved_at, submitted_at, settled_at, booked_at, programme)
