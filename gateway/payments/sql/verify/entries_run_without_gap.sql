with run as (
    select bucket, account, seq, balance,
           row_number() over w as expected_seq, sum(amount) over w as expected_balance
    from entry window w as (partition by bucket, account order by seq)),
bad as (select * from run where seq <> expected_seq or balance <> expected_balance)
select (select count(*) from entry), (select count(*) from bad),
       array(select 'bucket ' || bucket || ' account ' || account || ' seq ' || seq || ' balance ' || balance || ', expected '
                    || expected_seq || ' and ' || expected_balance from bad limit 5)
