-- approved: a run's payouts that wait to be sent
select o.id from settlement_line l join payout o on o.bucket = l.bucket and o.id = l.payout
where l.bucket = $1::int2 and l.batch = $2::uuid and o.status = 'approved' and o.attempt is null order by o.id
