insert into payment_request (bucket, id, merchant, account, token, reference, amount, amount_paid, late_paid, status, closed, late_policy,
                             late_decision, expires_at, created_at, description, stall, order_code, return_url, metadata, fill)
select u.bucket, u.id, u.merchant, u.account, u.token, u.reference, u.amount, u.amount_paid, u.late_paid, u.status::request_status, u.closed,
       u.late_policy::late_policy, u.late_decision::late_decision, u.expires_at, u.created_at, u.description, u.stall, u.order_code,
       u.return_url, u.metadata::json, u.fill::fill_rule
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::int8[], $8::int8[], $9::int8[], $10::text[], $11::bool[], $12::text[],
          $13::text[], $14::timestamptz[], $15::timestamptz[], $16::text[], $17::uuid[], $18::text[], $19::text[], $20::text[], $21::text[])
     u(id, merchant, account, token, reference, amount, amount_paid, late_paid, status, closed, late_policy, late_decision, expires_at,
       created_at, description, stall, order_code, return_url, metadata, fill)
