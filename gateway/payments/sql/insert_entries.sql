insert into entry (bucket, journal, account, seq, amount, balance)
select u.bucket, u.journal, u.account, u.seq, u.amount, u.balance
from each($2::int8[], $3::int4[], $4::int8[], $5::int8[], $6::int8[]) u(journal, account, seq, amount, balance)
