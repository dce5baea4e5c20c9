with owed as (
    select p.bucket, p.merchant as subject, -p.amount as amount from payment p
    left join payment_request r on r.bucket = p.bucket and r.id = p.request
    where p.status = 'allocated' and r.fill is null
    union all
    select bucket, merchant, -amount from share
    union all
    select bucket, merchant, -amount from release where merchant is not null
    union all
    select bucket, merchant, amount from refund where taken_from = 'payee'
    union all
    select bucket, merchant, amount from payout
    where purpose not in ('refund', 'benefit') and status in ('approved', 'submitted', 'unknown', 'succeeded')),
told as (select bucket, subject, sum(amount) as sum from owed group by bucket, subject),
booked as (
    select a.bucket, a.subject, sum(e.amount) as sum
    from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id
    join journal j on j.bucket = e.bucket and j.id = e.journal
    where a.kind in ('received', 'due_seen', 'due_confirmed')
      -- what no bank told: deposits, benefits, cash and kept credit explain theirs
      and j.template not in ('deposit_taken_received', 'deposit_taken_due', 'deposit_used_received', 'deposit_used_due', 'benefit_funded',
                             'benefit_unfunded', 'cash_received', 'cash_returned', 'credit_used_received', 'credit_used_due')
    group by a.bucket, a.subject),
bad as (
    select bucket, subject, coalesce(told.sum, 0) as told, coalesce(booked.sum, 0) as booked
    from told full join booked using (bucket, subject) where coalesce(told.sum, 0) <> coalesce(booked.sum, 0))
select (select count(*) from booked), (select count(*) from bad),
       array(select 'merchant ' || subject || ' was paid ' || told || ', booked ' || booked from bad limit 5)
