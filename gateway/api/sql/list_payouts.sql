-- list_payouts: newest first over some merchants, each in its own bucket
select o.id, o.purpose, o.refund, o.merchant, o.account, o.amount, o.destination, o.status, o.maker_kind, o.maker, o.approver_kind, o.approver,
       o.reference, o.attempt, o.line, o.returned_by, o.asked, o.reason, o.failure, o.bank_reference, o.created_at, o.approved_at,
       o.submitted_at, o.settled_at, o.booked_at
from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
cross join lateral (select * from payout o where o.bucket = m.bucket and o.merchant = m.merchant
                    and ($3::uuid is null or o.id < $3::uuid) and ($4::text is null or o.status = $4::text::payout_status)
                    order by o.id desc limit $5::int8 offset 0) o
order by o.id desc limit $5::int8
