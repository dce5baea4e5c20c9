-- rests: the clearing accounts not at zero at the day's end: those the day touched, and those that stood open before it and still do
insert into day_rest (bucket, day, account, closing)
select $1::int2, $2::date, r.account, r.closing
from (
    select b.account, b.closing
    from day_balance b join ledger_account a on a.bucket = b.bucket and a.id = b.account
    where b.bucket = $1::int2 and b.day = $2::date and a.kind in ('unreferenced', 'suspense', 'refund_in_flight', 'payout_in_flight', 'held')
    union all
    select r.account, r.closing from day_rest r
    where r.bucket = $1::int2 and r.day = $3::text::date
      and not exists (select from day_balance b where b.bucket = $1::int2 and b.account = r.account and b.day = $2::date)) r
where r.closing <> 0
on conflict do nothing
