-- get_payout: with where it goes
select o.id, o.purpose, o.refund, o.merchant, o.account, o.amount, o.destination, o.status, o.maker_kind, o.maker, o.approver_kind, o.approver,
       o.reference, o.attempt, o.line, o.returned_by, o.asked, o.reason, o.failure, o.bank_reference, o.created_at, o.approved_at,
       o.submitted_at, o.settled_at, o.booked_at, d.bin, d.account, d.name, d.told_by
from payout o left join person d on d.bucket = o.bucket and d.id = o.destination
where o.bucket = $1::int2 and o.id = $2::uuid
