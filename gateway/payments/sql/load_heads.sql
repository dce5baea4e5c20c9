select b.bucket,
       coalesce((select e.seq from event e where e.bucket = b.bucket order by e.seq desc limit 1), 0),
       (select e.at from event e where e.bucket = b.bucket order by e.seq desc limit 1),
       coalesce((select j.id from journal j where j.bucket = b.bucket order by j.id desc limit 1), 0),
       coalesce((select a.id from ledger_account a where a.bucket = b.bucket order by a.id desc limit 1), 0)
from each_bucket b
