-- What was taken for a payout and has not left the bank account is what the in-flight accounts hold.
with told as (
    select bucket, account as subject,
           case when purpose = 'refund' then 'refund_in_flight'::account_kind else 'payout_in_flight'::account_kind end as kind, -sum(amount) as sum
    from payout where status in ('approved', 'submitted', 'unknown', 'succeeded') and booked_at is null group by 1, 2, 3),
booked as (
    select a.bucket, a.subject, a.kind, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id
    where a.kind in ('refund_in_flight', 'payout_in_flight') group by a.bucket, a.subject, a.kind),
bad as (
    select bucket, subject, kind, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject, kind) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'account ' || subject || ' ' || kind || ' holds ' || booked || ', open payouts say ' || told from bad limit 5)
