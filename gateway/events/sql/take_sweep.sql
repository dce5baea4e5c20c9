-- take_sweep: whether a day was looked through for notices without a line
select 1 from exception_sweep where day = ($1::timestamptz at time zone interval '7 hours')::date
