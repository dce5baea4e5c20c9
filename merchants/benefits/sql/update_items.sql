with w as (
    update benefit_item i set payout = u.payout, cash_paid = u.cash_paid
    from each($2::uuid[], $3::uuid[], $4::bool[]) u(id, payout, cash_paid)
    where i.bucket = u.bucket and i.id = u.id returning 1)
select 1 / (count(*) = $5::int8)::int from w
