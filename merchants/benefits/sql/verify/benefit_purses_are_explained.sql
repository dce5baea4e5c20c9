-- What was set apart for a programme by its approved lists, less what its payouts hold or have paid, is what its purse holds.
with moved as (
    select bucket, programme as subject, amount from benefit_list where status in ('approved', 'handed_over', 'closed')
    union all
    select bucket, programme, -amount from payout where purpose = 'benefit' and status in ('approved', 'submitted', 'unknown', 'succeeded')
    union all
    select a.bucket, a.subject, -e.amount from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id
    join journal j on j.bucket = e.bucket and j.id = e.journal where a.kind = 'benefit' and j.template = 'benefit_unfunded'),
told as (select bucket, subject, sum(amount) as sum from moved group by 1, 2),
booked as (
    select a.bucket, a.subject, -sum(e.amount) as sum from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id
    where a.kind = 'benefit' group by 1, 2),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked from told full join booked using (bucket, subject)
    where coalesce(told.sum, 0) <> coalesce(booked.sum, 0) or coalesce(booked.sum, 0) < 0)
select (select count(*) from booked), (select count(*) from bad),
       array(select 'programme ' || subject || ' should hold ' || told || ', holds ' || booked from bad limit 5)
