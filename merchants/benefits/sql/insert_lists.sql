insert into benefit_list (bucket, id, programme, merchant, account, period, file_name, file_hash, rows_all, rows_good, amount, cash_amount, status,
                          maker_kind, maker, created_at, live)
select u.bucket, u.id, u.programme, u.merchant, u.account, u.period, u.file_name, u.file_hash, u.rows_all, u.rows_good, u.amount, u.cash_amount,
       'checked', u.maker_kind::actor_kind, u.maker, u.created_at, u.live
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bytea[], $9::int4[], $10::int4[], $11::int8[], $12::int8[],
          $13::text[], $14::uuid[], $15::timestamptz[], $16::bool[])
     u(id, programme, merchant, account, period, file_name, file_hash, rows_all, rows_good, amount, cash_amount, maker_kind, maker, created_at, live)
